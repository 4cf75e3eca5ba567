package org.lilgatsby.added;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.NamedExperiment;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.report.TextReport;

/** A YAML, a class and a line in a jar beside the program are an experiment. */
class AddedExperimentTest {
    /** What the program says of the experiment, seen from inside a program that has it. */
    public static final class Inside {
        private Inside() {}

        /** Texts by name. */
        public static Map<String, String> said() {
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

    @TempDir
    private Path jar;

    @Test
    void oneYamlAndOneClassAreAnExperiment() throws Exception {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(NamedExperiment.class.getName()), WideStart.class.getName() + "\n");
        Map<String, String> said = saidInside();

        assertTrue(said.get("names").endsWith(" duckling-record wide-start"), said.get("names"));
        assertTrue(
                said.get("yaml")
                        .lines()
                        .anyMatch(line -> line.matches("conclusion: wide-start +# report and verdict of our own "
                                + "question: do rows that start far apart stay apart")),
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
        assertEquals("duckling-record", BuiltIn.names().getLast());
    }

    /** The classes of the program once more, in a loader that sees the line in the jar. */
    @SuppressWarnings("unchecked")
    private Map<String, String> saidInside() throws Exception {
        List<URL> places = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            places.add(Path.of(entry).toUri().toURL());
        }
        places.add(jar.toUri().toURL());
        try (URLClassLoader alone =
                new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return (Map<String, String>)
                    alone.loadClass(Inside.class.getName()).getMethod("said").invoke(null);
        }
    }
}
