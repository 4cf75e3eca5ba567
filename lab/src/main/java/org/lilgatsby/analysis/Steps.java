package org.lilgatsby.analysis;

/** When the states of a recording were recorded, in their order. */
public interface Steps {
    /** Number of recorded states, at least one. */
    int size();

    /** Number of updates before the state at a place. */
    int step(int place);

    /**
     * States recorded at some steps.
     *
     * @param steps strictly ascending
     */
    static Steps of(int... steps) {
        int[] own = steps.clone();
        return new Steps() {
            @Override
            public int size() {
                return own.length;
            }

            @Override
            public int step(int place) {
                return own[place];
            }
        };
    }
}
