package org.lilgatsby.tokenizer;

import java.util.Arrays;

/** The ids of short pieces that have been met, in bounded memory: when it is full, it is emptied. */
final class PieceCache {
    private static final int LONGEST_PIECE = 64;
    private static final int MOST_PIECES = 1 << 16;
    private static final int ABSENT = -1;

    private int[] slots = new int[1 << 8]; // number of a piece, plus 1
    private int[] hashes = new int[1 << 7];
    private int[] textEnd = new int[1 << 7];
    private int[] idsEnd = new int[1 << 7];
    private int pieces;
    private char[] texts = new char[1 << 10];
    private int[] ids = new int[1 << 10];

    /** Whether pieces of this length are kept. */
    static boolean keeps(int length) {
        return length <= LONGEST_PIECE;
    }

    static int hash(char[] text, int from, int to) {
        int h = 0;
        for (int i = from; i < to; i++) {
            h = 31 * h + text[i];
        }
        return h * 0x9E3779B9;
    }

    /** Adds the ids of a piece to {@code out}, if they are known. */
    boolean find(int hash, char[] text, int from, int to, Ids out) {
        int piece = slots[slot(hash, text, from, to)] - 1;
        if (piece == ABSENT) {
            return false;
        }
        int start = start(idsEnd, piece);
        out.add(ids, start, idsEnd[piece] - start);
        return true;
    }

    /** Keeps the ids of a piece that was not found. */
    void put(int hash, char[] text, int from, int to, Ids source, int firstId) {
        if (pieces == MOST_PIECES) {
            Arrays.fill(slots, 0);
            pieces = 0;
        } else if (pieces == hashes.length) {
            grow();
        }
        int length = to - from;
        int count = source.size() - firstId;
        int textStart = start(textEnd, pieces);
        int idsStart = start(idsEnd, pieces);
        texts = textStart + length > texts.length ? Arrays.copyOf(texts, 2 * texts.length) : texts;
        ids = idsStart + count > ids.length ? Arrays.copyOf(ids, Math.max(2 * ids.length, idsStart + count)) : ids;
        System.arraycopy(text, from, texts, textStart, length);
        System.arraycopy(source.array(), firstId, ids, idsStart, count);
        slots[slot(hash, text, from, to)] = pieces + 1;
        hashes[pieces] = hash;
        textEnd[pieces] = textStart + length;
        idsEnd[pieces++] = idsStart + count;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * pieces);
        textEnd = Arrays.copyOf(textEnd, 2 * pieces);
        idsEnd = Arrays.copyOf(idsEnd, 2 * pieces);
        slots = new int[4 * pieces];
        for (int piece = 0; piece < pieces; piece++) {
            int slot = first(hashes[piece]);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = piece + 1;
        }
    }

    private int slot(int hash, char[] text, int from, int to) {
        int slot = first(hash);
        while (slots[slot] != 0 && !is(slots[slot] - 1, hash, text, from, to)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private int first(int hash) {
        return (hash ^ hash >>> 16) & slots.length - 1;
    }

    private boolean is(int piece, int hash, char[] text, int from, int to) {
        return hashes[piece] == hash && Arrays.equals(texts, start(textEnd, piece), textEnd[piece], text, from, to);
    }

    private static int start(int[] ends, int piece) {
        return piece == 0 ? 0 : ends[piece - 1];
    }
}
