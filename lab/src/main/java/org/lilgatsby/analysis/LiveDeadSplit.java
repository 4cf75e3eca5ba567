package org.lilgatsby.analysis;

import java.util.stream.IntStream;

/**
 * The live and the dead tokens of a vocabulary: the ids present in, and absent from, the corpus of the run. The split
 * is stored with the run and passed to the analyses, never recomputed from another text.
 *
 * @param live ids that occur in the corpus
 * @param dead ids that never occur in it
 * @param vocabulary number of ids; those in neither set are unknown, and no group has them
 */
public record LiveDeadSplit(Tokens live, Tokens dead, int vocabulary) {
    /**
     * Checks that no id is in both sets.
     *
     * @throws IllegalArgumentException if one is, or is not below the vocabulary's size
     */
    public LiveDeadSplit {
        live.requireWithin(vocabulary);
        dead.requireWithin(vocabulary);
        for (int i = 0; i < dead.size(); i++) {
            if (live.contains(dead.id(i))) {
                throw new IllegalArgumentException("token %d is in both sets of a vocabulary of %d live and dead tokens"
                        .formatted(dead.id(i), vocabulary));
            }
        }
    }

    /**
     * The split of a whole vocabulary.
     *
     * @throws IllegalArgumentException if an id below its size is in both or in neither of the sets
     */
    public LiveDeadSplit(Tokens live, Tokens dead) {
        this(live, dead, whole(live, dead));
    }

    private static int whole(Tokens live, Tokens dead) {
        int vocabulary = live.size() + dead.size();
        int alive = 0;
        for (int id = 0; id < vocabulary; id++) {
            int died = id - alive; // each id before is in one of the sets
            boolean isLive = alive < live.size() && live.id(alive) == id;
            if (isLive == (died < dead.size() && dead.id(died) == id)) {
                throw new IllegalArgumentException("token %d is %s of a vocabulary of %d live and dead tokens"
                        .formatted(id, isLive ? "in both sets" : "in neither set", vocabulary));
            }
            alive += isLive ? 1 : 0;
        }
        return vocabulary;
    }

    /** The split of the known tokens alone. */
    public LiveDeadSplit of(Tokens known) {
        return new LiveDeadSplit(both(live, known), both(dead, known), vocabulary);
    }

    private static Tokens both(Tokens a, Tokens b) {
        return Tokens.of(IntStream.of(a.toArray()).filter(b::contains).toArray());
    }

    /** The split of a vocabulary of {@code rows} ids with the given dead ids. */
    public static LiveDeadSplit ofDead(Tokens dead, int rows) {
        return new LiveDeadSplit(dead.complement(rows), dead);
    }

    /** All known ids. */
    public Tokens all() {
        return live.size() + dead.size() == vocabulary
                ? Tokens.all(vocabulary)
                : Tokens.of(IntStream.concat(IntStream.of(live.toArray()), IntStream.of(dead.toArray()))
                        .sorted()
                        .toArray());
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
        if (vocabulary != rows) {
            throw new IllegalArgumentException(
                    "the vocabulary has %d tokens, %d live and %d dead, but the matrix has %d rows"
                            .formatted(vocabulary, live.size(), dead.size(), rows));
        }
    }
}
