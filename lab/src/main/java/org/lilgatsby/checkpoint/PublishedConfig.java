package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.lilgatsby.files.JsonFile;

/**
 * What {@code config.json} says about the embeddings. A model of several kinds of input keeps these values under
 * {@code text_config}; they are taken from there where the top level has none. {@code null} counts as absent.
 *
 * @param modelType {@code model_type}
 * @param vocabulary {@code vocab_size}, rows of the embedding matrix
 * @param width columns of the embedding matrix: the first present of {@code embedding_size},
 *     {@code word_embed_proj_dim}, {@code hidden_size}, {@code n_embd}, {@code d_model}
 * @param tied {@code tie_word_embeddings}
 */
public record PublishedConfig(
        Optional<String> modelType, OptionalInt vocabulary, OptionalInt width, Optional<Boolean> tied) {
    static final String FILE_NAME = "config.json";
    private static final long MAX_BYTES = 1 << 26;
    private static final List<String> WIDTH_KEYS =
            List.of("embedding_size", "word_embed_proj_dim", "hidden_size", "n_embd", "d_model");

    /** @throws CheckpointException if the file is not a JSON object, or one of the values has the wrong type */
    static PublishedConfig read(Path file) throws IOException {
        return JsonFile.read(file, MAX_BYTES, CheckpointException::new, json -> {
            Values top = new Values();
            Values text = new Values();
            json.object("the configuration", key -> {
                if (key.equals("text_config") && json.isObject()) {
                    json.object(key, inner -> text.read(json, inner));
                } else {
                    top.read(json, key);
                }
            });
            Optional<Integer> vocabulary = top.vocabulary.or(() -> text.vocabulary);
            Optional<Integer> width = top.width().or(text::width);
            return new PublishedConfig(
                    top.modelType.or(() -> text.modelType),
                    optionalInt(vocabulary),
                    optionalInt(width),
                    top.tied.or(() -> text.tied));
        });
    }

    private static OptionalInt optionalInt(Optional<Integer> value) {
        return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }

    private static final class Values {
        private final Map<String, Integer> widths = new HashMap<>();
        private Optional<String> modelType = Optional.empty();
        private Optional<Integer> vocabulary = Optional.empty();
        private Optional<Boolean> tied = Optional.empty();

        void read(JsonFile json, String key) throws IOException {
            if (json.isNull()) {
                return;
            }
            switch (key) {
                case "model_type" -> modelType = Optional.of(json.text(key));
                case "vocab_size" -> vocabulary = Optional.of(json.natural(key));
                case "tie_word_embeddings" -> tied = Optional.of(json.truth(key));
                case String width when WIDTH_KEYS.contains(width) -> widths.put(width, json.natural(width));
                default -> json.skip();
            }
        }

        Optional<Integer> width() {
            return WIDTH_KEYS.stream()
                    .flatMap(key -> Stream.ofNullable(widths.get(key)))
                    .findFirst();
        }
    }
}
