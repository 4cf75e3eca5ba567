package org.lilgatsby.tokenizer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text is searched for, from left to right, without overlap. No match is empty. Immutable. */
sealed interface SplitPattern {
    /** Takes what a text consists of. */
    @FunctionalInterface
    interface Spans {
        /** Text[from, to), not empty. */
        void span(int from, int to, boolean matched);
    }

    /**
     * Passes text[from, to) on, part by part.
     *
     * @throws IllegalArgumentException if the search takes work out of proportion
     */
    void search(char[] text, int from, int to, Spans spans);

    /**
     * The text itself.
     *
     * @param text not empty
     */
    record Literal(String text) implements SplitPattern {
        @Override
        public void search(char[] text, int from, int to, Spans spans) {
            int length = this.text.length();
            int taken = from;
            for (int at = from; at + length <= to; ) {
                if (!matches(text, at)) {
                    at++;
                    continue;
                }
                if (taken < at) {
                    spans.span(taken, at, false);
                }
                at += length;
                spans.span(at - length, at, true);
                taken = at;
            }
            if (taken < to) {
                spans.span(taken, to, false);
            }
        }

        private boolean matches(char[] in, int at) {
            for (int i = 0; i < text.length(); i++) {
                if (in[at + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A regular expression; see {@link SplitRegex}. */
    record Regex(String source, Pattern pattern) implements SplitPattern {
        /** @throws IllegalArgumentException saying what is not supported */
        Regex(String source) {
            this(source, SplitRegex.compile(source));
        }

        @Override
        public void search(char[] text, int from, int to, Spans spans) {
            Matcher matcher = pattern.matcher(new Measured(text, from, to));
            int taken = from;
            while (matcher.find()) {
                int start = from + matcher.start();
                int end = from + matcher.end();
                if (taken < start) {
                    spans.span(taken, start, false);
                }
                spans.span(start, end, true);
                taken = end;
            }
            if (taken < to) {
                spans.span(taken, to, false);
            }
        }
    }

    /** A text that may be looked at only so often: an expression that goes back again and again is stopped. */
    final class Measured implements CharSequence {
        private static final int LOOKS_PER_CHARACTER = 2048;
        private static final int FEW_CHARACTERS = 1 << 12;

        private final char[] text;
        private final int from;
        private final int length;
        private long left;

        Measured(char[] text, int from, int to) {
            this.text = text;
            this.from = from;
            this.length = to - from;
            this.left = (long) LOOKS_PER_CHARACTER * (FEW_CHARACTERS + length);
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new IllegalArgumentException(
                        ("the regular expression of the tokenizer looks at each of %d characters more than %d times; "
                                        + "make it simpler")
                                .formatted(length, LOOKS_PER_CHARACTER));
            }
            return text[from + index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(text, from + start, end - start);
        }
    }
}
