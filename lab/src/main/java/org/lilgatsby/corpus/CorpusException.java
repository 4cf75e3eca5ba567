package org.lilgatsby.corpus;

/** A corpus cannot be obtained or used. The message says what is wrong, where, and what to do. */
public final class CorpusException extends RuntimeException {
    public CorpusException(String message) {
        super(message);
    }

    public CorpusException(String message, Throwable cause) {
        super(message, cause);
    }
}
