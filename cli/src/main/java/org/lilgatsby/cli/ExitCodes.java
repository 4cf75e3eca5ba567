package org.lilgatsby.cli;

/** What the program's exit code says. */
public final class ExitCodes {
    /** What was asked for is done. */
    public static final int DONE = 0;

    /** It was asked for rightly, but could not be done. */
    public static final int FAILED = 1;

    /** The command line or a configuration asks for something that there is not. */
    public static final int WRONG_USE = 2;

    /** Stopped by the user: 128 + SIGINT, as shells count. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
