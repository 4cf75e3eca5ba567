package org.lilgatsby.corpus;

/** Is told of the long parts of loading a corpus. */
@FunctionalInterface
public interface LoadProgress {
    /** Tells nobody. */
    LoadProgress NONE = (task, unit, total) -> new Work() {
        @Override
        public void at(long done) {}

        @Override
        public void close() {}
    };

    /**
     * A part begins.
     *
     * @param task such as {@code Counting}
     * @param unit what is counted, such as {@code ids}
     */
    Work begin(String task, String unit, long total);

    /** A part under way. */
    interface Work extends AutoCloseable {
        /** So much of the total is done. */
        void at(long done);

        @Override
        void close();
    }
}
