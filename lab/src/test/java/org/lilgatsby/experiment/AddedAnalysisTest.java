package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.AnalysisChart;

/** Adds an analysis as docs/extending.md says: a class, and a line in a list of services. */
class AddedAnalysisTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "extending.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "org", "lilgatsby", "experiment", "FarthestToken.java");

    /** Asks a run for the added analysis and for the built-in one beside it; where the class path has both. */
    public static final class Question implements Function<Path, List<List<Object>>> {
        @Override
        public List<List<Object>> apply(Path directory) {
            try (RunArchive run = RunArchive.open(new RunDirectory(directory))) {
                AnalysisContext context =
                        new AnalysisContext(run, new ScalarAnalysisKernels(), ScalarAnalysisKernels::new);
                return List.of(
                        column("farthest", "farthest", context),
                        column("change", "l2_max", context),
                        AnalysisChart.of(context).stream()
                                .<Object>map(chart -> "%s in %s: %s"
                                        .formatted(
                                                chart.name(),
                                                chart.unit(),
                                                chart.lines().all().values().keySet()))
                                .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<Object> column(String analysis, String column, AnalysisContext run) throws IOException {
            Selection selection = new Selection(Group.ALL, OptionalInt.empty(), Selection.Detail.ALL);
            Analysis.Found found = (Analysis.Found) Analyses.named(analysis).answer(run, selection);
            int at = found.table().column(column).orElseThrow();
            return found.table().rows().stream().map(row -> row.get(at)).toList();
        }
    }

    @Test
    void aClassAndALineAddAnAnalysis(@TempDir Path root) throws Exception {
        ShortRuns.run(root.resolve("run"), ShortRuns.config("float32-edition", "model.context=8"));
        Path services = Files.createDirectories(root.resolve("added/META-INF/services"));
        Files.writeString(services.resolve(Analysis.class.getName()), FarthestToken.class.getName() + "\n");
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        path.add(root.resolve("added").toUri().toURL());
        try (URLClassLoader program =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            @SuppressWarnings("unchecked")
            Function<Path, List<List<Object>>> question = (Function<Path, List<List<Object>>>)
                    program.loadClass(Question.class.getName()).getConstructor().newInstance();
            List<List<Object>> answers = question.apply(root.resolve("run"));
            assertEquals(answers.get(1), answers.get(0));
            assertFalse(answers.get(0).isEmpty());
            assertEquals(
                    "change in W: [l2_mean, l2_median, l2_max]", answers.get(2).getFirst());
            assertEquals("farthest in W: [farthest]", answers.get(2).getLast());
        }
        assertTrue(Analyses.all().stream().noneMatch(a -> a.name().equals("farthest")), "here it was not added");
    }

    @Test
    void theExampleInTheDocumentIsThisOne() throws IOException {
        String document = Files.readString(DOCUMENT);
        assertTrue(document.contains("```java\n" + Files.readString(SOURCE) + "```\n"));
        assertTrue(document.contains("META-INF/services/" + Analysis.class.getName()));
    }
}
