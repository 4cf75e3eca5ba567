package org.lilgatsby.tokenizer;

import java.text.Normalizer;
import java.util.List;

/** Changes a text before it is cut into pieces. Immutable. */
sealed interface TextNormalizer {
    /** @throws IllegalArgumentException if the result is out of proportion */
    String normalize(String text);

    /** Whether two parts of a text that is cut at white space become what the whole does. */
    default boolean isOfParts() {
        return false;
    }

    /** One of Unicode's forms NFC, NFD, NFKC and NFKD. */
    record Form(Normalizer.Form form) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            return Normalizer.normalize(text, form);
        }

        @Override
        public boolean isOfParts() {
            return true;
        }
    }

    /** Each character in lower case, whatever stands beside it; U+0130 becomes two characters. */
    record Lowercase() implements TextNormalizer {
        private static final int DOTTED_I = 0x130;

        @Override
        public String normalize(String text) {
            StringBuilder lower = new StringBuilder(text.length());
            text.codePoints().forEach(c -> {
                if (c == DOTTED_I) {
                    lower.append("i\u0307");
                } else {
                    lower.appendCodePoint(Character.toLowerCase(c));
                }
            });
            return lower.toString();
        }

        @Override
        public boolean isOfParts() {
            return true;
        }
    }

    /** Puts a text in front of every segment that is not empty. */
    record Prepend(String prefix) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            return text.isEmpty() ? text : prefix + text;
        }
    }

    /** Replaces one text by another; see {@link Replacement}. */
    record Replace(Replacement replacement) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            return replacement.in(text);
        }
    }

    /** One after the other. */
    record Stages(List<TextNormalizer> stages) implements TextNormalizer {
        @Override
        public String normalize(String text) {
            String normalized = text;
            for (TextNormalizer stage : stages) {
                normalized = stage.normalize(normalized);
                Replacement.requireProportion(text.length(), normalized.length());
            }
            return normalized;
        }

        @Override
        public boolean isOfParts() {
            return stages.stream().allMatch(TextNormalizer::isOfParts);
        }
    }
}
