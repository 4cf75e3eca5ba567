package org.lilgatsby.corpus;

import static org.lilgatsby.settings.Settings.require;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Written;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.TrainingOptions;

/** How a corpus becomes token ids. */
public sealed interface TokenSource {
    /**
     * The source that settings choose together: a tokenizer, given or trained, beside a text encodes it; beside files
     * of ids it names them.
     *
     * @throws SettingException if two of them cannot be combined
     */
    @Written
    static TokenSource of(
            @Setting(name = "tokenizer") Optional<String> tokenizer,
            @Setting(name = "train") Optional<TokenizerChoice.Trained> train,
            @Setting(name = "tokens", value = "hold token ids", textOrList = true, example = "'train_*.bin'")
                    Optional<List<String>> tokens,
            @Setting(name = "tensor", value = "of safetensors files") Optional<String> tensor,
            @Setting(name = "format", value = "of the files") Optional<TokenFormat> format,
            @Setting(name = "renumber", value = "table of new ids, with one for all others") Optional<String> renumber,
            @Setting(name = "end_token", value = "put after each document") Optional<String> endToken) {
        if (tokens.isPresent()) {
            requireNone("corpus.train", train, "corpus.tokens names files that hold ids already");
            requireNone("corpus.end_token", endToken, "corpus.tokens names files that hold ids already");
            return new Files(
                    tokens.get(),
                    tensor.orElse(null),
                    format.orElse(null),
                    tokenizer.orElse(null),
                    renumber.orElse(null));
        }
        requireNone("corpus.tensor", tensor, "corpus.tokens does not name files of token ids");
        requireNone("corpus.format", format, "corpus.tokens does not name files of token ids");
        if (tokenizer.isEmpty() && train.isEmpty()) {
            requireNone("corpus.renumber", renumber, "bytes are their own ids");
            requireNone("corpus.end_token", endToken, "bytes are their own ids");
            return new Bytes();
        }
        if (tokenizer.isPresent()) {
            requireNone("corpus.train", train, "corpus.tokenizer names a tokenizer already");
        }
        TokenizerChoice choice =
                tokenizer.<TokenizerChoice>map(TokenizerChoice.Named::new).orElseGet(train::get);
        return new Encoded(choice, endToken.orElse(null), renumber.orElse(null));
    }

    private static void requireNone(String key, Optional<?> value, String why) {
        require(value.isEmpty(), key, () -> "%s is set, but %s; leave one of them out".formatted(key, why));
    }

    /** Each byte of the text is an id. */
    record Bytes() implements TokenSource {}

    /**
     * A tokenizer encodes the text.
     *
     * @param endToken put after each document; null for none
     * @param renumber a table of new ids; null for none
     */
    record Encoded(TokenizerChoice tokenizer, String endToken, String renumber) implements TokenSource {}

    /**
     * Files hold the ids already.
     *
     * @param files each a file, a directory, or a pattern, one after the other
     * @param tensor of safetensors files; null for the only one of whole numbers
     * @param format null to go by the name and the first bytes
     * @param tokenizer what names the ids; null if nothing does
     * @param renumber a table of new ids; null for none
     */
    record Files(List<String> files, String tensor, TokenFormat format, String tokenizer, String renumber)
            implements TokenSource {
        /** @throws org.lilgatsby.settings.SettingException if there is no name, or one is blank */
        public Files {
            files = List.copyOf(files);
            require(
                    !files.isEmpty() && files.stream().noneMatch(String::isBlank),
                    "corpus.tokens",
                    "corpus.tokens is blank; name files of token ids, or null");
        }
    }

    /** Which tokenizer. */
    sealed interface TokenizerChoice {
        /** The one of a file or a directory. */
        record Named(String path) implements TokenizerChoice {
            /** @throws org.lilgatsby.settings.SettingException if the path is blank */
            public Named {
                require(
                        !path.isBlank(),
                        "corpus.tokenizer",
                        "corpus.tokenizer is blank; name a tokenizer.json, or null");
            }
        }

        /** One that is trained on the text. */
        record Trained(Recipe recipe, TrainingOptions options) implements TokenizerChoice {
            private static final String GROUP = "corpus.train.";

            /**
             * As it is written; only the vocabulary has to be given.
             *
             * @throws SettingException if an option is out of its range
             */
            @Written
            static Trained of(
                    @Setting(name = "recipe", value = "a tokenizer is trained on the text: its pieces and characters")
                            Optional<Recipe> recipe,
                    @Setting(name = "vocabulary", value = "ids; fewer where no pair occurs often enough")
                            OptionalInt vocabulary,
                    @Setting(name = "min_frequency", value = "occurrences that a pair needs to be merged")
                            OptionalLong minFrequency,
                    @Setting(name = "special_tokens", value = "they get the first ids", example = "[\"<|endoftext|>\"]")
                            Optional<List<String>> special,
                    @Setting(name = "initial_alphabet", value = "characters that always have an id")
                            Optional<String> alphabet,
                    @Setting(name = "limit_alphabet", value = "largest number of characters") OptionalInt alphabetLimit,
                    @Setting(name = "max_token_length", value = "a merged token must be shorter")
                            OptionalInt longestToken) {
                require(
                        vocabulary.isPresent(),
                        "corpus.train.vocabulary",
                        "corpus.train.vocabulary is missing and has no default");
                try {
                    return new Trained(
                            recipe.orElse(Recipe.BYTE_LEVEL),
                            new TrainingOptions(
                                    vocabulary.getAsInt(),
                                    minFrequency.orElse(2),
                                    special.orElse(List.of()),
                                    alphabet.orElse(""),
                                    alphabetLimit,
                                    longestToken));
                } catch (SettingException e) {
                    throw new SettingException(GROUP + e.key(), GROUP + e.getMessage());
                }
            }
        }
    }
}
