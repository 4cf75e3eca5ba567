package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.recording.Manifest;
import tools.jackson.databind.node.ObjectNode;

class RunKeyTest {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    private static RunKey key(String... overrides) {
        return RunKey.of(BuiltIn.load("float32-edition", List.of(overrides)), CORPUS, 2);
    }

    @Test
    void aKeyIsTheSameInEveryBuild() {
        assertEquals("f06d018330005edaad0c5b1102c7056278d0e3874ae0f0992fe877e80bccafd9", key().sha256());
        assertEquals(key().sha256().substring(0, 8), key().shortened());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name=other", "title=Another title", "corpus.source=book.txt", "training.learning_rate=0.0010"})
    void whatCannotChangeANumberIsNotInIt(String setting) {
        assertEquals(key(), key(setting));
    }

    /** Where updates have a generator of their own now, keys are not those of runs before. */
    @Test
    void runsThatDrewOtherwiseAreToldApart() {
        String[] settings = {"corpus.order=global-generator", "precision.update=stochastic"};
        ObjectNode plain = RunKey.settings(BuiltIn.load("float32-edition", List.of(settings)));
        String before = Sha256.of(
                plain.arrayNode().add(2).add(CORPUS).add(plain).toString().getBytes(StandardCharsets.UTF_8));
        assertNotEquals(before, key(settings).sha256());
        for (String alone : settings) {
            ObjectNode other = RunKey.settings(BuiltIn.load("float32-edition", List.of(alone)));
            assertEquals(
                    Sha256.of(other.arrayNode()
                            .add(2)
                            .add(CORPUS)
                            .add(other)
                            .toString()
                            .getBytes(StandardCharsets.UTF_8)),
                    key(alone).sha256());
        }
    }

    @Test
    void aDirectoryTellsRunsApart() {
        ExperimentConfig plain = BuiltIn.load("float32-edition", List.of("seed=7"));
        assertEquals("float32-edition-seed-7", RunKey.directoryName(plain, ShortRuns.corpus(plain)));
        ExperimentConfig shorter = BuiltIn.load("float32-edition", List.of("seed=7", "training.steps=10"));
        assertEquals(
                "float32-edition-seed-7-"
                        + RunKey.of(shorter, ShortRuns.corpus(shorter).sha256(), Manifest.ARITHMETIC)
                                .shortened(),
                RunKey.directoryName(shorter, ShortRuns.corpus(shorter)));
        ExperimentConfig renamed = BuiltIn.load("float32-edition", List.of("seed=7", "name=mine"));
        assertTrue(RunKey.directoryName(renamed, ShortRuns.corpus(renamed)).matches("mine-seed-7-[0-9a-f]{8}"));
    }

    @Test
    void everythingElseIs() {
        Set<RunKey> keys = new HashSet<>(Set.of(
                key(),
                RunKey.of(BuiltIn.load("float32-edition", List.of()), CORPUS.replace('c', 'd'), 2),
                RunKey.of(BuiltIn.load("float32-edition", List.of()), CORPUS, 3)));
        List<String> settings = List.of(
                "seed=43",
                "conclusion=none",
                "corpus.preparation=none",
                "corpus.drop_unknown=true",
                "model.tied=false",
                "initialization.sigma=2e-5",
                "training.steps=999",
                "training.log_every=50",
                "precision.update=per-op",
                "recording.every=2");
        settings.forEach(setting -> keys.add(key(setting)));
        assertEquals(settings.size() + 3, keys.size());
        assertNotEquals(key("seed=43"), key("seed=44"));
    }
}
