package org.lilgatsby.laboratory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.settings.SettingException;

class LaboratoryTest {
    @TempDir
    private Path folder;

    private static Laboratory laboratory(ReportScope reports) {
        return new Laboratory(
                new CorpusLoader(new CorpusCache(Path.of("no-cache"))),
                ShortRuns.options(new ScalarKernels(), 1),
                reports);
    }

    @ParameterizedTest
    @EnumSource
    void oneCallTrainsAnalysesAndSeals(ReportScope reports) throws IOException {
        ExperimentConfig config = ShortRuns.config("float32-edition");
        Outcome outcome = laboratory(reports).run(config, folder.resolve("run"));
        Outcome.Completed completed = assertInstanceOf(Outcome.Completed.class, outcome);
        RunDirectory directory = completed.directory();
        assertEquals(3, completed.findings().structure().end().step());
        assertEquals(
                Manifest.State.COMPLETE, ManifestFile.read(directory.manifest()).state());
        assertEquals(JsonReport.text(completed.findings()), Files.readString(directory.reportJson()));
        assertEquals(reports != ReportScope.NONE, Files.exists(directory.reportText()));
        assertEquals(reports == ReportScope.ALL, Files.exists(directory.reportHtml()));
        try (RunArchive archive = RunArchive.open(directory)) {
            assertEquals(
                    completed.findings().structure().end().all().distinct(),
                    Findings.of(archive.data()).structure().end().all().distinct());
        }
    }

    @Test
    void aStoppedRunIsResumedToTheSameFindings() throws IOException {
        Laboratory laboratory = laboratory(ReportScope.NONE);
        ExperimentConfig config = ShortRuns.config("float32-edition");
        Path stopped = folder.resolve("stopped");
        Outcome outcome = laboratory.run(laboratory.plan(config), stopped, new ShortRuns.Quiet(1));
        assertInstanceOf(Outcome.Stopped.class, outcome);
        assertFalse(Files.exists(outcome.directory().reportJson()));
        outcome = laboratory.resume(stopped, UnaryOperator.identity(), new ShortRuns.Quiet(-1));
        Findings resumed = assertInstanceOf(Outcome.Completed.class, outcome).findings();
        Path whole = folder.resolve("whole");
        assertInstanceOf(Outcome.Completed.class, laboratory.run(config, whole));
        assertEquals(
                -1, Files.mismatch(whole.resolve("recording.safetensors"), stopped.resolve("recording.safetensors")));
        assertEquals(3, resumed.structure().end().step());
        assertThrows(
                SettingException.class,
                () -> laboratory.resume(stopped, UnaryOperator.identity(), new ShortRuns.Quiet(-1)));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Laboratory laboratory = laboratory(ReportScope.NONE);
        Path root = folder.resolve("run");
        laboratory.run(ShortRuns.config("float32-edition"), root);
        byte[] before = Files.readAllBytes(root.resolve("recording.safetensors"));
        ExperimentConfig other = ShortRuns.config("float32-edition", "seed=7");
        assertThrows(FileAlreadyExistsException.class, () -> laboratory.run(other, root));
        assertArrayEquals(before, Files.readAllBytes(root.resolve("recording.safetensors")));
    }

    @Test
    void aRunWithoutAStepHasNoText() throws IOException {
        ExperimentConfig config = ShortRuns.config("float32-edition", "training.steps=0");
        RunDirectory directory =
                laboratory(ReportScope.ALL).run(config, folder.resolve("run")).directory();
        assertFalse(Files.exists(directory.sample()));
        assertTrue(Files.exists(directory.model()));
    }

    /** The program in the documentation does what it says. */
    @Test
    void theProgramInTheDocumentationRuns() throws Exception {
        Path source = Path.of("../docs/CompleteAnExperiment.java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int code = compiler.run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
        assertEquals(0, code);
        Path root = folder.resolve("run");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            var main = loader.loadClass("CompleteAnExperiment").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[] {root.toString()});
        }
        RunDirectory directory = new RunDirectory(root);
        assertEquals(
                Manifest.State.COMPLETE, ManifestFile.read(directory.manifest()).state());
        assertEquals(20, ManifestFile.read(directory.manifest()).completedSteps());
        assertTrue(Files.exists(directory.reportText()));
        assertFalse(Files.exists(directory.reportHtml()));
    }
}
