package org.lilgatsby.cli;

/** The program's exit codes. */
public final class ExitCodes {
    /** The request was carried out. */
    public static final int DONE = 0;

    /** The request was valid, but could not be carried out. */
    public static final int FAILED = 1;

    /** The command line or a configuration asks for something that does not exist. */
    public static final int WRONG_USE = 2;

    /** Stopped by the user: 128 + SIGINT, as in shells. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
