package org.lilgatsby.tokenizer;

/** Encodes texts with a tokenizer, one after the other, and remembers pieces. Not for several threads. */
public final class Encoder {
    private final Tokenizer tokenizer;
    private final PieceCache cache = new PieceCache();
    private final Word word = new Word();
    private final Ids out = new Ids();

    Encoder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The ids of a text.
     *
     * @throws IllegalArgumentException if a surrogate has no partner, or replacements of the tokenizer make the text
     *     longer out of proportion
     */
    public int[] encode(String text) {
        requireWhole(text);
        return encode(text.toCharArray(), 0, text.length(), true);
    }

    private static void requireWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int c = text.codePointAt(i);
                if (c <= Character.MAX_VALUE) {
                    throw new IllegalArgumentException(
                            "the text has an unpaired surrogate, \\u%04x, at character %d".formatted(c, i));
                }
                i++;
            }
        }
    }

    /**
     * The ids of a part of a text.
     *
     * @param first whether the text begins there
     */
    int[] encode(char[] text, int from, int to, boolean first) {
        out.clear();
        tokenizer.pieces(text, from, to, first, new Tokenizer.Pieces() {
            @Override
            public void piece(char[] piece, int start, int end, boolean begins) {
                addPiece(piece, start, end);
            }

            @Override
            public void token(int id) {
                out.add(id);
            }
        });
        return out.toArray();
    }

    private void addPiece(char[] text, int from, int to) {
        if (!PieceCache.keeps(to - from)) {
            tokenizer.model().encode(text, from, to, word, out);
            return;
        }
        int hash = PieceCache.hash(text, from, to);
        if (!cache.find(hash, text, from, to, out)) {
            int first = out.size();
            tokenizer.model().encode(text, from, to, word, out);
            cache.put(hash, text, from, to, out, first);
        }
    }
}
