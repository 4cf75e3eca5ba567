package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultKeyTest {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    private static ResultKey key(String... overrides) {
        return ResultKey.of(BuiltIn.load("float32-edition", List.of(overrides)), CORPUS, 2);
    }

    @Test
    void aKeyIsTheSameInEveryBuild() {
        assertEquals("59b965367868d1849712a3c22fc1c09de44115b20b752623971d818b8ba6b059", key().sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=other",
                "title=Another title",
                "corpus.source=book.txt",
                "corpus.preparation=none",
                "corpus.drop_unknown=true",
                "recording.constants=[dead_token_ids]",
                "recording.tensors.losses={observe: losses}",
                "training.learning_rate=0.0010"
            })
    void whatCannotChangeAResultIsNotInIt(String setting) {
        assertEquals(key(), key(setting));
    }

    @Test
    void norIsTheLayout() {
        assertEquals(key(), key("recording.constants=[]", "recording.layout=per-step"));
    }

    @Test
    void everythingElseIs() {
        Set<ResultKey> keys = new HashSet<>(Set.of(
                key(),
                ResultKey.of(BuiltIn.load("float32-edition", List.of()), CORPUS.replace('c', 'd'), 2),
                ResultKey.of(BuiltIn.load("float32-edition", List.of()), CORPUS, 3)));
        List<String> settings = List.of(
                "seed=43",
                "conclusion=none",
                "conclusion=instrumented",
                "model.tied=false",
                "initialization.sigma=2e-5",
                "training.steps=999",
                "training.log_every=50",
                "precision.update=per-op",
                "recording.every=2",
                "recording.instant=before");
        settings.forEach(setting -> keys.add(key(setting)));
        assertEquals(settings.size() + 3, keys.size());
    }

    @Test
    void theKeyOfWhatIsWrittenIsAnother() {
        ExperimentConfig config = BuiltIn.load("float32-edition", List.of());
        assertNotEquals(key().sha256(), RunKey.of(config, CORPUS, 2).sha256());
        assertNotEquals(
                RunKey.of(config, CORPUS, 2),
                RunKey.of(BuiltIn.load("float32-edition", List.of("recording.constants=[]")), CORPUS, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "title", "recording.layout", "recording.tensors.losses.format"})
    void saysWhatItIgnores(String key) {
        assertTrue(ResultKey.ignores(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed",
                "conclusion",
                "corpus.source",
                "recording.every",
                "training.log_every",
                "recording.layouts"
            })
    void andWhatNot(String key) {
        assertFalse(ResultKey.ignores(key));
    }

    @Test
    void aKeyIsOfSixtyFourDigits() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ResultKey("F" + key().sha256().substring(1)));
    }
}
