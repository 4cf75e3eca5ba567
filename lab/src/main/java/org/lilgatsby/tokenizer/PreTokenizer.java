package org.lilgatsby.tokenizer;

import java.util.Arrays;
import java.util.List;

/** Cuts a text into the pieces within which a model joins tokens. Immutable. */
sealed interface PreTokenizer {
    /**
     * Passes the pieces of text[from, to) to the sink, in order; what is cut out is not passed.
     *
     * @param first whether the segment begins where the whole text begins
     */
    void split(char[] text, int from, int to, boolean first, PieceSink sink);

    /**
     * The last place in (from, to) where the text may be cut in two without changing any piece; -1 if there is none.
     */
    default int lastCut(char[] text, int from, int to) {
        return -1;
    }

    /** The characters beside such a place: an added token that has one of them may lie across it. */
    default String aroundCuts() {
        return "";
    }

    /**
     * GPT-2's: each byte of the text's UTF-8 becomes a character of the {@link ByteAlphabet}, and where
     * {@code useRegex} is set, the text is cut by {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+|
     * ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}.
     *
     * @param addPrefixSpace whether every segment gets a space in front, if it has none
     * @param trimOffsets has no effect on ids; kept for writing
     */
    record ByteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) implements PreTokenizer {
        private static final int FEW_CHARACTERS = 128;

        @Override
        public void split(char[] text, int from, int to, boolean first, PieceSink sink) {
            if (addPrefixSpace && text[from] != ' ') {
                char[] prefixed = new char[to - from + 1];
                prefixed[0] = ' ';
                System.arraycopy(text, from, prefixed, 1, to - from);
                splitPrefixed(prefixed, 0, prefixed.length, first, sink);
            } else {
                splitPrefixed(text, from, to, first, sink);
            }
        }

        private void splitPrefixed(char[] text, int from, int to, boolean first, PieceSink sink) {
            char[] bytes = new char[Math.min(3 * FEW_CHARACTERS, Math.multiplyExact(3, to - from))];
            for (int at = from; at < to; ) {
                int end = useRegex ? end(text, at, to) : to;
                if (bytes.length / 3 < end - at) {
                    bytes = new char[Math.multiplyExact(3, end - at)];
                }
                sink.piece(bytes, 0, toBytes(text, at, end, bytes), first && at == from);
                at = end;
            }
        }

        /** Where the piece that begins at a place ends. */
        private static int end(char[] text, int at, int to) {
            char c = text[at];
            if (c == '\'') {
                int contraction = contraction(text, at, to);
                if (contraction > 0) {
                    return at + contraction;
                }
            }
            int start = c == ' ' && at + 1 < to ? at + 1 : at;
            int kind = kind(Character.codePointAt(text, start, to));
            if (kind == CharacterClass.SPACE) {
                int end = run(text, at, to, kind);
                // All white space is of one char; the last is left to what follows.
                return end < to && end - at > 1 ? end - 1 : end;
            }
            return run(text, start, to, kind);
        }

        private static int contraction(char[] text, int at, int to) {
            if (at + 1 >= to) {
                return 0;
            }
            char c = text[at + 1];
            if (c == 's' || c == 't' || c == 'm' || c == 'd') {
                return 2;
            }
            if (at + 2 >= to) {
                return 0;
            }
            char d = text[at + 2];
            return (c == 'r' || c == 'v') && d == 'e' || c == 'l' && d == 'l' ? 3 : 0;
        }

        private static int kind(int codePoint) {
            return CharacterClass.of(codePoint)
                    & (CharacterClass.SPACE | CharacterClass.LETTER | CharacterClass.NUMBER);
        }

        private static int run(char[] text, int start, int to, int kind) {
            int end = start;
            while (end < to) {
                int codePoint = Character.codePointAt(text, end, to);
                if (kind(codePoint) != kind) {
                    break;
                }
                end += Character.charCount(codePoint);
            }
            return end;
        }

        private static int toBytes(char[] text, int from, int to, char[] bytes) {
            int n = 0;
            for (int i = from; i < to; i++) {
                int c = text[i];
                if (c < 0x80) {
                    bytes[n++] = ByteAlphabet.of(c);
                    continue;
                }
                if (c < 0x800) {
                    bytes[n++] = ByteAlphabet.of(0xC0 | c >> 6);
                } else {
                    if (Character.isHighSurrogate((char) c)) {
                        c = Character.toCodePoint((char) c, text[++i]);
                        bytes[n++] = ByteAlphabet.of(0xF0 | c >> 18);
                        bytes[n++] = ByteAlphabet.of(0x80 | c >> 12 & 0x3F);
                    } else {
                        bytes[n++] = ByteAlphabet.of(0xE0 | c >> 12);
                    }
                    bytes[n++] = ByteAlphabet.of(0x80 | c >> 6 & 0x3F);
                }
                bytes[n++] = ByteAlphabet.of(0x80 | c & 0x3F);
            }
            return n;
        }

        /** After a line break alone between two characters that are not white space. */
        @Override
        public int lastCut(char[] text, int from, int to) {
            if (addPrefixSpace || !useRegex) {
                return -1;
            }
            for (int i = to - 1; i >= from + 2; i--) {
                if (text[i - 1] == '\n' && isVisibleAscii(text[i]) && isVisibleAscii(text[i - 2])) {
                    return i;
                }
            }
            return -1;
        }

        private static boolean isVisibleAscii(char c) {
            return c > ' ' && c < 0x7F;
        }

        @Override
        public String aroundCuts() {
            return "\n";
        }
    }

    /** {@code \w+|[^\w\s]+}; what matches neither is left out. */
    record Whitespace() implements PreTokenizer {
        @Override
        public void split(char[] text, int from, int to, boolean first, PieceSink sink) {
            int at = from;
            while (at < to) {
                int start = at;
                int kind = kind(Character.codePointAt(text, at, to));
                do {
                    at += Character.charCount(Character.codePointAt(text, at, to));
                } while (at < to && kind(Character.codePointAt(text, at, to)) == kind);
                if (kind != CharacterClass.SPACE) {
                    sink.piece(text, start, at, first && start == from);
                }
            }
        }

        private static int kind(int codePoint) {
            return CharacterClass.of(codePoint) & (CharacterClass.SPACE | CharacterClass.WORD);
        }

        @Override
        public int lastCut(char[] text, int from, int to) {
            return lastOf(' ', text, from, to);
        }

        @Override
        public String aroundCuts() {
            return " ";
        }
    }

    /** Cuts at white space, which is left out. */
    record WhitespaceSplit() implements PreTokenizer {
        @Override
        public void split(char[] text, int from, int to, boolean first, PieceSink sink) {
            int start = from;
            for (int i = from; i <= to; i++) {
                // All white space is of one char.
                if (i == to || CharacterClass.isSpace(text[i])) {
                    if (start < i) {
                        sink.piece(text, start, i, first && start == from);
                    }
                    start = i + 1;
                }
            }
        }

        @Override
        public int lastCut(char[] text, int from, int to) {
            return lastOf(' ', text, from, to);
        }

        @Override
        public String aroundCuts() {
            return " ";
        }
    }

    /**
     * SentencePiece's: every space becomes the replacement, and each replacement begins a piece.
     *
     * @param split whether the text is cut at all
     */
    record Metaspace(char replacement, Prepend prepend, boolean split) implements PreTokenizer {
        /** Which segments that begin with no replacement get one in front. */
        enum Prepend {
            ALWAYS,
            /** Only the one where the text begins. */
            FIRST,
            NEVER
        }

        @Override
        public void split(char[] text, int from, int to, boolean first, PieceSink sink) {
            boolean prefixed = text[from] != ' '
                    && text[from] != replacement
                    && (prepend == Prepend.ALWAYS || prepend == Prepend.FIRST && first);
            int prefix = prefixed ? 1 : 0;
            char[] replaced = new char[Math.addExact(to - from, prefix)];
            Arrays.fill(replaced, 0, prefix, replacement);
            for (int i = from; i < to; i++) {
                replaced[prefix + i - from] = text[i] == ' ' ? replacement : text[i];
            }
            int start = 0;
            for (int i = 1; split && i < replaced.length; i++) {
                if (replaced[i] == replacement) {
                    sink.piece(replaced, start, i, first && start == 0);
                    start = i;
                }
            }
            sink.piece(replaced, start, replaced.length, first && start == 0);
        }

        @Override
        public int lastCut(char[] text, int from, int to) {
            return split ? lastOf(' ', text, from, to) : -1;
        }

        @Override
        public String aroundCuts() {
            return " ";
        }
    }

    /**
     * Cuts numbers from the rest.
     *
     * @param individually whether each of their characters is a piece
     */
    record Digits(boolean individually) implements PreTokenizer {
        @Override
        public void split(char[] text, int from, int to, boolean first, PieceSink sink) {
            int start = from;
            while (start < to) {
                int at = start;
                boolean number = CharacterClass.isNumber(Character.codePointAt(text, at, to));
                do {
                    at += Character.charCount(Character.codePointAt(text, at, to));
                } while (at < to
                        && !(number && individually)
                        && CharacterClass.isNumber(Character.codePointAt(text, at, to)) == number);
                sink.piece(text, start, at, first && start == from);
                start = at;
            }
        }
    }

    /**
     * Cuts around what a pattern matches.
     *
     * @param inverted whether what lies between the matches counts as the matches, and they as what lies between
     */
    record Split(SplitPattern pattern, Behavior behavior, boolean inverted) implements PreTokenizer {
        /** What becomes of a match. */
        enum Behavior {
            REMOVED("Removed"),
            /** A piece of its own. */
            ISOLATED("Isolated"),
            /** Part of the piece in front of it, unless that is a match. */
            MERGED_WITH_PREVIOUS("MergedWithPrevious"),
            /** Part of the piece after it, unless that is a match. */
            MERGED_WITH_NEXT("MergedWithNext"),
            /** One piece with the matches next to it; what lies between matches likewise. */
            CONTIGUOUS("Contiguous");

            private final String name;

            Behavior(String name) {
                this.name = name;
            }

            /** As {@code tokenizer.json} writes it. */
            @Override
            public String toString() {
                return name;
            }
        }

        /** Joins what belongs together: a part waits until the next one is known. */
        private final class Joining implements SplitPattern.Spans {
            private final char[] text;
            private final int begin; // of the text, or -1 where the text does not begin here
            private final PieceSink sink;
            private int from;
            private int to;
            private boolean last; // whether the part before was a match
            private boolean open; // whether a match may still join the piece after it

            Joining(char[] text, int from, boolean first, PieceSink sink) {
                this.text = text;
                this.begin = first ? from : -1;
                this.sink = sink;
                this.from = from;
                this.to = from;
            }

            @Override
            public void span(int start, int end, boolean found) {
                boolean matched = found != inverted;
                boolean joins = from < to
                        && switch (behavior) {
                            case REMOVED, ISOLATED -> false;
                            case MERGED_WITH_PREVIOUS -> matched && !last;
                            case MERGED_WITH_NEXT -> open && !matched;
                            case CONTIGUOUS -> matched == last;
                        };
                if (!joins) {
                    flush();
                    from = start;
                }
                to = behavior == Behavior.REMOVED && matched ? from : end;
                open = matched;
                last = matched;
            }

            void flush() {
                if (from < to) {
                    sink.piece(text, from, to, from == begin);
                }
            }
        }

        @Override
        public void split(char[] text, int from, int to, boolean first, PieceSink sink) {
            Joining joining = new Joining(text, from, first, sink);
            pattern.search(text, from, to, joining);
            joining.flush();
        }
    }

    /** One after the other, each on the pieces of the one before. */
    record Stages(List<PreTokenizer> stages) implements PreTokenizer {
        @Override
        public void split(char[] text, int from, int to, boolean first, PieceSink sink) {
            split(0, text, from, to, first, sink);
        }

        private void split(int stage, char[] text, int from, int to, boolean first, PieceSink sink) {
            if (stage == stages.size()) {
                sink.piece(text, from, to, first);
            } else {
                stages.get(stage)
                        .split(text, from, to, first, (t, f, e, begins) -> split(stage + 1, t, f, e, begins, sink));
            }
        }

        @Override
        public int lastCut(char[] text, int from, int to) {
            return stages.isEmpty() ? -1 : stages.getFirst().lastCut(text, from, to);
        }

        @Override
        public String aroundCuts() {
            return stages.isEmpty() ? "" : stages.getFirst().aroundCuts();
        }
    }

    private static int lastOf(char c, char[] text, int from, int to) {
        for (int i = to - 1; i > from; i--) {
            if (text[i] == c) {
                return i;
            }
        }
        return -1;
    }
}
