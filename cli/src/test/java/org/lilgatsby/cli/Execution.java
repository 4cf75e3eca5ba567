package org.lilgatsby.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** A command line executed in this process: what it wrote, with line feeds as line ends, and its exit code. */
public record Execution(String out, String err, int code) {
    public static Execution of(String... arguments) {
        return in(Map.of(), arguments);
    }

    public static Execution in(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Program.commandLine(new PrintWriter(out), new PrintWriter(err), environment);
        commandLine.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        int code = commandLine.execute(arguments);
        return new Execution(lines(out), lines(err), code);
    }

    private static String lines(StringWriter written) {
        return written.toString().replace(System.lineSeparator(), "\n");
    }
}
