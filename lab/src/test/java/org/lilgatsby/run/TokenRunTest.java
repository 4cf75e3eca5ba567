package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.tokenfile.TokenFileWriter;
import org.lilgatsby.tokenfile.TokenFormat;

/** Runs on token ids that are no bytes. */
class TokenRunTest {
    private static final int VOCABULARY = 320;

    @TempDir
    Path folder;

    private Path text;

    @BeforeEach
    void write() throws IOException {
        text = Files.writeString(
                folder.resolve("text.txt"), "the old man and the sea, the sea and the boat ".repeat(9));
    }

    private ExperimentConfig config(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "model.width=8",
                "model.layers=1",
                "model.context=6",
                "model.vocabulary=" + VOCABULARY,
                "training.batch=3",
                "training.steps=9"));
        all.addAll(List.of(settings));
        return ShortRuns.config("float32-edition", all.toArray(String[]::new));
    }

    private ExperimentConfig encoded(String... settings) {
        List<String> all = new ArrayList<>(
                List.of("corpus.source=" + text, "corpus.train.vocabulary=300", "corpus.preparation=none"));
        all.addAll(List.of(settings));
        return config(all.toArray(String[]::new));
    }

    private Corpus corpus(ExperimentConfig config) {
        return new CorpusLoader(new CorpusCache(folder.resolve("cache")))
                .load(config.corpus(), config.model().vocabulary());
    }

    private RunDirectory run(String name, ExperimentConfig config, int stopAfter) throws IOException {
        RunDirectory directory = RunDirectory.create(folder.resolve(name));
        ExperimentRun.start(config, corpus(config), directory, options(), new ShortRuns.Quiet(stopAfter));
        return directory;
    }

    private static RunOptions options() {
        return ShortRuns.options(new ScalarKernels(), 1).withSample(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "corpus.windows=blocks, corpus.last_block=keep, corpus.order=own-generator, corpus.data_seed=5",
                "corpus.windows=context-blocks, corpus.order=global-generator",
                "corpus.windows=random, corpus.starts=7, corpus.order=own-generator",
                "corpus.windows=context-blocks, corpus.last_block=keep, corpus.order=sequential",
            })
    void aResumedRunWritesTheSameBytes(String settings) throws IOException {
        ExperimentConfig config = encoded(settings.split(", "));
        RunDirectory whole = run("whole", config, -1);
        for (int stop : new int[] {1, 5}) {
            RunDirectory resumed = run("resumed-" + stop, config, stop);
            ExperimentRun.resume(config, corpus(config), resumed, options(), new ShortRuns.Quiet(-1));
            assertEquals(contents(whole), contents(resumed));
        }
        for (Verification.Check check : Verification.of(whole).checks()) {
            assertFalse(check.outcome() == Verification.Outcome.FAILED, check::toString);
        }
    }

    /** All files by name, but those with times. */
    private static Map<String, String> contents(RunDirectory directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var walk = Files.walk(directory.root())) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!Set.of("manifest.json", "run.lock")
                        .contains(file.getFileName().toString())) {
                    contents.put(directory.root().relativize(file).toString(), org.lilgatsby.files.Sha256.of(file));
                }
            }
        }
        return contents;
    }

    @Test
    void theRunKeepsCountsAndTokenizerAndNamesItsTokens() throws IOException {
        ExperimentConfig config = encoded("corpus.rare=1");
        Corpus corpus = corpus(config);
        RunDirectory directory = run("run", config, -1);
        String sample = Files.readString(directory.sample());
        assertTrue(sample.startsWith("Prompt, the corpus's first 6 tokens:\nthe old man and the sea"), sample);
        assertEquals(
                Files.readString(directory.tokenizer()),
                Files.readString(directory.model().resolve("tokenizer.json")));
        try (RunArchive archive = RunArchive.open(directory)) {
            assertArrayEquals(
                    corpus.census().counts(), archive.vocabulary().counts().orElseThrow());
            Findings findings = Findings.of(archive.data());
            assertEquals(VOCABULARY, findings.names().size());
            assertEquals("a", findings.names().get('a' - '!'));
            assertNull(findings.names().get(VOCABULARY - 1));
            assertEquals(
                    corpus.phantom(),
                    findings.names().stream().filter(java.util.Objects::isNull).count());
        }
    }

    @Test
    void filesOfIdsNeedNoTokenizerAndATableStandsBesideTheOriginal() throws IOException {
        Path file = folder.resolve("ids.bin");
        try (TokenFileWriter writer = TokenFileWriter.create(file, TokenFormat.UINT16, 400)) {
            for (int i = 0; i < 200; i++) {
                writer.write(new int[] {i % 37 * 7}, 0, 1);
            }
            writer.finish();
        }
        RunDirectory plain = run("plain", config("corpus.tokens=" + file), -1);
        assertFalse(Files.exists(plain.tokenizer()));
        assertEquals(Set.of("README.md", "config.json", "generation_config.json", "model.safetensors"), names(plain));
        assertTrue(Files.readString(plain.model().resolve("README.md")).contains("A GPT-2 over tokens"));
        Path table = Files.writeString(folder.resolve("table.json"), "{\"x_to_compact\":{\"7\":0},\"unk_id\":1}");
        ExperimentConfig renumbered = encoded("corpus.renumber=" + table);
        RunDirectory directory = run("renumbered", renumbered, -1);
        assertTrue(names(directory).containsAll(Set.of("original-tokenizer.json", "renumbering.json")));
        assertFalse(names(directory).contains("tokenizer.json"));
        try (RunArchive archive = RunArchive.open(directory)) {
            assertEquals(
                    corpus(renumbered).texts().name(1),
                    archive.vocabulary().texts().name(1));
        }
    }

    private static Set<String> names(RunDirectory run) throws IOException {
        try (var files = Files.list(run.model())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void theSameIdsAreTheSameRunWhateverNamesThem() throws IOException {
        ExperimentConfig trained = encoded();
        RunDirectory run = run("run", trained, -1);
        ExperimentConfig named =
                config("corpus.source=" + text, "corpus.preparation=none", "corpus.tokenizer=" + run.tokenizer());
        ExperimentConfig other = encoded("corpus.order=sequential");
        String ids = corpus(trained).sha256();
        assertEquals(ids, corpus(named).sha256());
        assertEquals(RunKey.of(trained, ids, 2), RunKey.of(named, ids, 2));
        assertEquals(ResultKey.of(trained, ids, 2), ResultKey.of(named, ids, 2));
        assertFalse(RunKey.of(trained, ids, 2).equals(RunKey.of(other, ids, 2)));
        assertFalse(ResultKey.of(trained, ids, 2).equals(ResultKey.of(other, ids, 2)));
        for (ExperimentConfig config : List.of(trained, named, other)) {
            assertEquals(config, ConfigYaml.parse(ConfigYaml.toYaml(config), "again", List.of()));
        }
    }
}
