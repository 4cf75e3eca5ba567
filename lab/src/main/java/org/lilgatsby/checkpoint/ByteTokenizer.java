package org.lilgatsby.checkpoint;

import org.lilgatsby.tokenizer.ByteAlphabet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer of a model of bytes, as Hugging Face's {@code AutoTokenizer} loads it: byte b of a text's UTF-8 is
 * token b. A vocabulary of fewer than 256 ids leaves out the bytes that it has no id for, and ids from 256 on, which no
 * text has, are written {@code <|256|>} and so on.
 */
final class ByteTokenizer {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ByteTokenizer() {}

    /** {@code tokenizer.json}: byte-level BPE without a merge. */
    static String tokenizer(int vocabulary) {
        ObjectNode tokenizer = JSON.objectNode().put("version", "1.0");
        tokenizer.putNull("truncation").putNull("padding");
        tokenizer.putArray("added_tokens");
        tokenizer.putNull("normalizer");
        tokenizer.set("pre_tokenizer", byteLevel());
        tokenizer.putNull("post_processor");
        tokenizer.set("decoder", byteLevel());
        ObjectNode model = tokenizer.putObject("model").put("type", "BPE");
        ObjectNode vocab = model.putNull("unk_token").putObject("vocab");
        for (int id = 0; id < vocabulary; id++) {
            vocab.put(id < ByteAlphabet.BYTES ? String.valueOf(ByteAlphabet.of(id)) : "<|" + id + "|>", id);
        }
        model.putArray("merges");
        return tokenizer.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static ObjectNode byteLevel() {
        return JSON.objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", false)
                .put("use_regex", false);
    }

    /** {@code tokenizer_config.json}. */
    static String configuration(int context) {
        return """
                {
                  "clean_up_tokenization_spaces": false,
                  "model_max_length": %d,
                  "tokenizer_class": "PreTrainedTokenizerFast"
                }
                """.formatted(context);
    }
}
