package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;

class NotebookTest {
    @TempDir
    private Path folder;

    private static String failure(String python) {
        return assertThrows(IOException.class, () -> Notebook.with(python)).getMessage();
    }

    private Corpus corpus() {
        return new CorpusLoader(new CorpusCache(folder))
                .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), 128);
    }

    @Test
    void saysWhatIsThere() throws IOException {
        Notebook notebook =
                Notebook.with(FakePython.complete(folder, "float32-edition").toString());
        assertEquals(
                "Python 3.11.7, torch 2.13.0, transformers 5.18.0, accelerate 1.15.0, safetensors 0.8.0, numpy 2.4.6",
                notebook.versions());
    }

    @Test
    void saysHowToInstallWhatIsMissing() throws IOException {
        Path python = FakePython.program(folder, "3.11.7 - 5.18.0 - 0.8.0 2.4.6", "exit 7\n");
        String expected = """
                '%s' lacks torch, accelerate; install what is needed, for example in an environment of its own:
                  python3 -m venv notebook
                  notebook/bin/pip install "torch==2.13.*" "transformers==5.18.*" accelerate safetensors numpy
                  lilgatsby bench notebook --python notebook/bin/python""";
        assertEquals(expected.formatted(python), failure(python.toString()));
    }

    @Test
    void saysThatThereIsNoPython() {
        assertEquals(
                "'%s/none' cannot be started; install Python 3.10 or later, or name it with --python PATH"
                        .formatted(folder),
                failure(folder + "/none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void anotherProgramIsNoPython(String program) {
        String code = program.equals("true") ? "0" : "1";
        assertEquals(
                "'%s' is not Python 3.10 or later: it ended with exit code %s; name one with --python PATH"
                        .formatted(program, code),
                failure(program));
    }

    @Test
    void runsTheScriptAndReadsWhatItWrote() throws IOException {
        Notebook notebook =
                Notebook.with(FakePython.complete(folder, "float32-edition").toString());
        SampledRun run = notebook.run("float32-edition", corpus(), 2, folder);
        assertEquals(Set.of(0, 1), run.embeddings().keySet());
        assertEquals(0, run.embeddings().get(1).bits(127, 63));
        assertEquals(8, run.processorSeconds());
        assertEquals(2, run.stepsPerSecond());
    }

    @Test
    void tellsTheLastLineOfAFailure() throws IOException {
        Path python = FakePython.program(folder, "3.11.7 2.13.0 5.18.0 1.15.0 0.8.0 2.4.6", """
                echo Traceback >&2
                echo 'ImportError: no such thing' >&2
                exit 3
                """);
        Notebook notebook = Notebook.with(python.toString());
        Corpus corpus = corpus();
        IOException failure = assertThrows(IOException.class, () -> notebook.run("instrumented", corpus, 2, folder));
        assertEquals(
                "notebook.py instrumented ended with exit code 3: ImportError: no such thing", failure.getMessage());
    }

    @Test
    void refusesAResultWithoutTimes() throws IOException {
        Path file = FakePython.compared(folder.resolve("x.safetensors"), Map.of("steps", "2"), 3, 2);
        assertEquals(
                file + ": metadata processor_seconds is missing, not a number",
                assertThrows(IOException.class, () -> Notebook.read(file)).getMessage());
    }
}
