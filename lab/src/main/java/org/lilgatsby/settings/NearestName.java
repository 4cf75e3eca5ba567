package org.lilgatsby.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name nearest to an unknown one. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the fewest edits (insert, delete, replace or swap a letter) from {@code name}; dotted names
     * are also compared by their last part alone. The first of equals.
     *
     * @throws java.util.NoSuchElementException if there is no candidate
     */
    public static String to(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
    }

    /** Like {@link #to}, but at least half of the candidate's letters must be right. */
    public static Optional<String> near(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> 2 * distance(name, candidate) <= Math.max(name.length(), candidate.length()))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** A key in the wrong group is one edit away from the same key, nearly spelled, in the right one. */
    private static int distance(String name, String candidate) {
        String last = lastPart(name);
        int editsOfLast = edits(last, lastPart(candidate));
        int edits = edits(name, candidate);
        return 3 * editsOfLast <= last.length() ? Math.min(edits, 1 + editsOfLast) : edits;
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Edits between two strings, none of which edits a letter twice (optimal string alignment). */
    private static int edits(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
