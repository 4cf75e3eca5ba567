package org.lilgatsby.analysis;

/**
 * The live and the dead tokens of a vocabulary: the ids present in, and absent from, the corpus of the run. The split
 * is stored with the run and passed to the analyses, never recomputed from another text.
 *
 * @param live ids that occur in the corpus
 * @param dead ids that never occur in it
 */
public record LiveDeadSplit(Tokens live, Tokens dead) {
    /**
     * Checks that each id below the vocabulary's size is in exactly one of the two sets.
     *
     * @throws IllegalArgumentException if an id is in both or in neither
     */
    public LiveDeadSplit {
        int vocabulary = live.size() + dead.size();
        for (int id = 0; id < vocabulary; id++) {
            if (live.contains(id) == dead.contains(id)) {
                throw new IllegalArgumentException("token %d is %s of a vocabulary of %d live and dead tokens"
                        .formatted(id, live.contains(id) ? "in both sets" : "in neither set", vocabulary));
            }
        }
    }

    /** The split of a vocabulary of {@code rows} ids with the given dead ids. */
    public static LiveDeadSplit ofDead(Tokens dead, int rows) {
        return new LiveDeadSplit(dead.complement(rows), dead);
    }

    /** All ids of the vocabulary. */
    public Tokens all() {
        return Tokens.all(live.size() + dead.size());
    }

    /** The tokens of a group. */
    public Tokens tokens(Group group) {
        return switch (group) {
            case ALL -> all();
            case LIVE -> live;
            case DEAD -> dead;
        };
    }

    /**
     * Checks that the split is of a vocabulary of {@code rows} ids.
     *
     * @throws IllegalArgumentException if it is not
     */
    void requireVocabulary(int rows) {
        if (live.size() + dead.size() != rows) {
            throw new IllegalArgumentException("%d live and %d dead tokens are not the %d rows of the matrix"
                    .formatted(live.size(), dead.size(), rows));
        }
    }
}
