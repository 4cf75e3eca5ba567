package org.lilgatsby.tokenizer;

/** Takes the pieces of a text, one by one; the array is not to be kept. */
@FunctionalInterface
interface PieceSink {
    /**
     * @param text holds the piece at [from, to), which is not empty
     * @param first whether the piece begins where the text begins
     */
    void piece(char[] text, int from, int to, boolean first);
}
