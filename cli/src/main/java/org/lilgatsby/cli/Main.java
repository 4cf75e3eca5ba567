package org.lilgatsby.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program's start, and the only place that ends it. */
public final class Main {
    private Main() {}

    /** Runs the command line and exits: 0 done, 1 failed, 2 wrong use, 130 interrupted. */
    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int code = Program.commandLine(out, err, System.getenv(), args).execute(args);
        if (out.checkError() && code == ExitCodes.DONE) {
            err.println("lilgatsby: standard output could not be written in full");
            code = ExitCodes.FAILED;
        }
        err.flush();
        System.exit(code);
    }

    /** UTF-8 whatever the locale: JSON demands it, and output must not depend on the machine. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
