package org.lilgatsby.tokenizer;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.files.Text;
import org.lilgatsby.settings.SettingException;
import tools.jackson.databind.JsonNode;

/** Training, beside Hugging Face's. */
class BpeTrainerTest {
    @TempDir
    private Path directory;

    @Test
    void tokenizersAreThoseOfHuggingFacesTrainers() throws IOException, URISyntaxException {
        Path text = Path.of(BpeTrainerTest.class
                .getResource("/reference/tokenizer/training.txt")
                .toURI());
        for (JsonNode trained : Reference.json("trained.json")) {
            String name = trained.get("name").stringValue();
            WordCounts counts = new WordCounts(recipe(name.split(" ")[0]));
            counts.addLines(text, 100, _ -> {});
            Tokenizer tokenizer = BpeTrainer.train(counts, options(trained.get("options")), _ -> {});
            assertEquals(trained.get("tokenizer"), Reference.JSON.readTree(tokenizer.json()), name);
        }
    }

    private static Recipe recipe(String name) {
        for (Recipe recipe : Recipe.values()) {
            if (recipe.toString().equals(name)) {
                return recipe;
            }
        }
        throw new AssertionError(name);
    }

    private static TrainingOptions options(JsonNode options) {
        return new TrainingOptions(
                options.get("vocab_size").intValue(),
                options.get("min_frequency").longValue(),
                StreamSupport.stream(options.get("special_tokens").spliterator(), false)
                        .map(JsonNode::stringValue)
                        .toList(),
                "",
                optional(options, "limit_alphabet"),
                optional(options, "max_token_length"));
    }

    private static OptionalInt optional(JsonNode options, String key) {
        return options.has(key) ? OptionalInt.of(options.get(key).intValue()) : OptionalInt.empty();
    }

    @Test
    void idsAreSpecialTokensThenCharactersThenMerges() {
        WordCounts counts = new WordCounts(Recipe.WHITESPACE);
        counts.add("low low lower");
        Tokenizer tokenizer = BpeTrainer.train(
                counts,
                new TrainingOptions(100, 2, List.of("<e>"), "z", OptionalInt.empty(), OptionalInt.empty()),
                _ -> {});
        List<String> tokens = new ArrayList<>();
        for (int id = 0; id < tokenizer.size(); id++) {
            tokens.add(tokenizer.token(id).orElseThrow());
        }
        // (l, o) and (o, w) occur three times each; l has the smaller id.
        assertEquals(List.of("<e>", "e", "l", "o", "r", "w", "z", "lo", "low"), tokens);
        assertArrayEquals(new int[] {8, 1, 4}, tokenizer.encode("lower"));
    }

    @Property(tries = 60)
    void everyTextComesBackFromBytes(
            @ForAll @Size(max = 6) List<@StringLength(max = 12) @CharRange(from = 'a', to = 'c') String> texts,
            @ForAll @StringLength(max = 20) String other) {
        WordCounts counts = new WordCounts(Recipe.BYTE_LEVEL);
        texts.forEach(counts::add);
        Tokenizer tokenizer = BpeTrainer.train(
                counts, new TrainingOptions(270, 0, List.of(), "", OptionalInt.empty(), OptionalInt.empty()), _ -> {});
        texts.forEach(text -> assertEquals(text, tokenizer.decode(tokenizer.encode(text))));
        if (Text.isEncodable(other)) {
            assertEquals(other, tokenizer.decode(tokenizer.encode(other)));
        }
    }

    @Test
    void aVocabularyThatIsTooSmallIsRefused() {
        WordCounts counts = new WordCounts(Recipe.BYTE_LEVEL);
        SettingException refused = assertThrows(
                SettingException.class,
                () -> BpeTrainer.train(counts, TrainingOptions.of(256, List.of("<e>")), _ -> {}));
        assertEquals(
                "vocabulary is 256, but the special tokens and characters alone are 257; set a larger one, or "
                        + "limit_alphabet",
                refused.getMessage());
        assertEquals(
                257,
                BpeTrainer.train(counts, TrainingOptions.of(257, List.of("<e>")), _ -> {})
                        .size());
    }

    @Test
    void optionsAreChecked() {
        assertEquals(
                "special_tokens",
                assertThrows(SettingException.class, () -> TrainingOptions.of(10, List.of("a", "a")))
                        .key());
        assertEquals(
                "special_tokens",
                assertThrows(SettingException.class, () -> TrainingOptions.of(10, List.of("")))
                        .key());
        assertEquals(
                "vocabulary",
                assertThrows(SettingException.class, () -> TrainingOptions.of(0, List.of()))
                        .key());
        assertEquals(
                "initial_alphabet",
                assertThrows(
                                SettingException.class,
                                () -> new TrainingOptions(
                                        9, 0, List.of(), "\ud800", OptionalInt.empty(), OptionalInt.empty()))
                        .key());
    }

    @Test
    void aTextThatIsNoUtf8IsRefusedWithItsPlace() throws IOException {
        Path file = Files.write(directory.resolve("t.txt"), new byte[] {'a', '\n', 'b', (byte) 0xC3, 'c'});
        assertEquals(
                file + ": byte 0xC3 at offset 3, line 2 is not UTF-8; convert the file to UTF-8",
                assertThrows(TokenizerException.class, () -> new WordCounts(Recipe.METASPACE).addLines(file, _ -> {}))
                        .getMessage());
    }
}
