package org.lilgatsby.added;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.Extension;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.report.TextReport;

/** The experiment of docs/extending.md: a YAML, a class and a line in a jar beside the program. */
class AddedExperimentTest {
    /** What the program says of the experiment, seen from inside a program that has it. */
    public record Inside(Path folder) implements Callable<Map<String, String>> {
        /** Texts by name. */
        @Override
        public Map<String, String> call() {
            float[][] start = rows(row(1, 1), row(1, 2), row(1, 3), row(1, 4));
            Findings findings = SmallRun.at("wide-start", new int[] {0, 20}, start, start)
                    .asItComes()
                    .findings();
            Findings changed = SmallRun.of("wide-start", start, start)
                    .set("initialization.mode=snowball")
                    .findings();
            return Map.of(
                    "names", String.join(" ", BuiltIn.names()),
                    "yaml", ConfigYaml.toYaml(BuiltIn.load("wide-start", List.of())),
                    "text", TextReport.text(findings),
                    "json", JsonReport.text(findings),
                    "changed", TextReport.text(changed));
        }
    }

    @Test
    void oneYamlAndOneClassAreAnExperiment(@TempDir Path jar) throws Exception {
        Map<String, String> said = Extension.of(jar, "An experiment").in(Inside.class);

        assertEquals(String.join(" ", BuiltIn.names()) + " wide-start", said.get("names"));
        assertTrue(
                said.get("yaml")
                        .lines()
                        .anyMatch(line ->
                                line.matches("conclusion: wide-start +# report and verdict \\(our own question: "
                                        + "do rows that start far apart stay apart\\)")),
                said.get("yaml"));
        String text = said.get("text");
        assertTrue(text.startsWith("Wide start: do rows that start far apart stay apart?\n==="), text);
        assertTrue(text.contains("verdict   supported\n"), text);
        assertTrue(text.contains("\nWhat met\n--------\ndistinct rows lost  0\n"), text);
        assertTrue(text.contains("\nCompared with the published run, notebook 0.1\n"), text);
        assertTrue(said.get("json").contains("\"rows_lost\" : 0"), said.get("json"));
        assertTrue(
                said.get("changed").contains("initialization.mode normal, but it is snowball\n"), said.get("changed"));
    }

    @Test
    void nobodyElseSeesIt() {
        assertFalse(BuiltIn.names().contains("wide-start"));
    }
}
