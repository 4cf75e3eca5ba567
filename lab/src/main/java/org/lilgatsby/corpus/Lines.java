package org.lilgatsby.corpus;

/** Line numbers for messages. */
final class Lines {
    private Lines() {}

    /** The line, from 1, of the byte at {@code offset}; lines end with {@code \n}, {@code \r\n} or {@code \r}. */
    static int at(byte[] bytes, int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r' && bytes[i + 1] != '\n') {
                line++;
            }
        }
        return line;
    }
}
