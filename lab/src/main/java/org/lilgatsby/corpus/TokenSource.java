package org.lilgatsby.corpus;

import static org.lilgatsby.settings.Settings.require;

import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.TrainingOptions;

/** How a corpus becomes token ids. */
public sealed interface TokenSource {
    /** Each byte of the text is an id. */
    record Bytes() implements TokenSource {}

    /**
     * A tokenizer encodes the text.
     *
     * @param endToken put behind each document; null for none
     * @param renumber a table of new ids; null for none
     */
    record Encoded(TokenizerChoice tokenizer, String endToken, String renumber) implements TokenSource {}

    /**
     * Files hold the ids already.
     *
     * @param files a file, a directory, or a pattern
     * @param tensor of safetensors files; null for the only one of whole numbers
     * @param format null to go by the name and the first bytes
     * @param tokenizer what names the ids; null if nothing does
     * @param renumber a table of new ids; null for none
     */
    record Files(String files, String tensor, TokenFormat format, String tokenizer, String renumber)
            implements TokenSource {
        /** @throws org.lilgatsby.settings.SettingException if the name is blank */
        public Files {
            require(!files.isBlank(), "corpus.tokens", "corpus.tokens is blank; name files of token ids, or null");
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
        record Trained(Recipe recipe, TrainingOptions options) implements TokenizerChoice {}
    }
}
