package org.lilgatsby.tokenizer;

import java.text.Normalizer;
import java.util.List;

/** Changes a text before it is cut into pieces. Immutable. */
sealed interface TextNormalizer {
    String normalize(String text);

    /** One of Unicode's forms NFC, NFD, NFKC and NFKD. */
    record Form(Normalizer.Form form) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            return Normalizer.normalize(text, form);
        }
    }

    /** Puts a text in front of every segment that is not empty. */
    record Prepend(String prefix) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            return text.isEmpty() ? text : prefix + text;
        }
    }

    /** Replaces one text, which is not empty, by another, from left to right. */
    record Replace(String pattern, String content) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            return text.replace(pattern, content);
        }
    }

    /** One after the other. */
    record Stages(List<TextNormalizer> stages) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            String normalized = text;
            for (TextNormalizer stage : stages) {
                normalized = stage.normalize(normalized);
            }
            return normalized;
        }
    }
}
