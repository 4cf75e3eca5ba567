package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;

/** docs/analyses.md defines every analysis, and no other. */
class AnalysesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "analyses.md");

    @Test
    void everyAnalysisHasItsSectionInTheOrderOfTheCatalog() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<String> sections = lines.stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertEquals(Analyses.all().stream().map(Analysis::name).toList(), sections);
    }

    @Test
    void whatAnAnalysisTakesIsInItsSection() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (Analysis analysis : Analyses.all()) {
            String section =
                    document.split("(?m)^## " + analysis.name() + "$", 2)[1].split("(?m)^## ", 2)[0];
            analysis.takes().forEach(parameter -> assertTrue(section.contains(parameter.toString()), analysis.name()));
            assertTrue(!section.isBlank(), analysis.name());
        }
    }
}
