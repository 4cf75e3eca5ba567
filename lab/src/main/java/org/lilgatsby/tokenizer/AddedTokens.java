package org.lilgatsby.tokenizer;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds added tokens in a text: at each place the longest, and none inside another. Immutable. */
final class AddedTokens {
    private final Map<Long, Integer> nodes = new HashMap<>(); // number of a node and a char, to another node
    private final Map<Integer, AddedToken> ends = new HashMap<>();
    private final BitSet beginnings = new BitSet();

    /** Takes the parts of a text. */
    interface Parts {
        /** A part without an added token, not empty. */
        void text(int from, int to);

        void token(int id);
    }

    /** @param patterns what is looked for, one for each token */
    AddedTokens(List<AddedToken> tokens, List<String> patterns) {
        for (int t = 0; t < tokens.size(); t++) {
            String pattern = patterns.get(t);
            if (pattern.isEmpty()) {
                continue;
            }
            beginnings.set(pattern.charAt(0));
            int node = 0;
            for (int i = 0; i < pattern.length(); i++) {
                node = nodes.computeIfAbsent(key(node, pattern.charAt(i)), _ -> nodes.size() + 1);
            }
            ends.put(node, tokens.get(t));
        }
    }

    private static long key(int node, char c) {
        return (long) node << Character.SIZE | c;
    }

    /** Passes text[from, to) on, part by part. */
    void split(char[] text, int from, int to, Parts parts) {
        int taken = from;
        int at = from;
        while (at < to) {
            if (!beginnings.get(text[at])) {
                at++;
                continue;
            }
            AddedToken found = null;
            int end = at;
            int node = 0;
            for (int i = at; i < to; i++) {
                Integer next = nodes.get(key(node, text[i]));
                if (next == null) {
                    break;
                }
                node = next;
                AddedToken here = ends.get(node);
                if (here != null) {
                    found = here;
                    end = i + 1;
                }
            }
            if (found == null) {
                at++;
                continue;
            }
            int start = at;
            at = end;
            if (found.singleWord() && (wordBefore(text, from, start) || wordAt(text, end, to))) {
                continue;
            }
            if (found.stripLeft()) {
                while (start > from && CharacterClass.isSpace(text[start - 1])) {
                    start--;
                }
                start = Math.max(start, taken);
            }
            if (found.stripRight()) {
                while (end < to && CharacterClass.isSpace(text[end])) {
                    end++;
                }
            }
            if (taken < start) {
                parts.text(taken, start);
            }
            parts.token(found.id());
            taken = end;
        }
        if (taken < to) {
            parts.text(taken, to);
        }
    }

    private static boolean wordBefore(char[] text, int from, int start) {
        return start > from && CharacterClass.isWord(Character.codePointBefore(text, start, from));
    }

    private static boolean wordAt(char[] text, int end, int to) {
        return end < to && CharacterClass.isWord(Character.codePointAt(text, end, to));
    }
}
