package org.lilgatsby.cli;

import java.io.PrintWriter;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a verb writes.
 *
 * @param out results
 * @param err progress and log
 */
public record Console(PrintWriter out, PrintWriter err) {
    /** The launcher says here whether standard error is a terminal; Java itself cannot tell. */
    private static final String TERMINAL_PROPERTY = "lilgatsby.terminal";

    private static final JsonMapper JSON = FiniteJson.mapper().build();

    private static final String ERASE_LINE = "\r\u001b[K";

    /** Prints a result for people; the text ends its own lines. */
    public void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Prints a result for programs: one document, indented by two, with line feeds on every system. */
    public void print(JsonNode document) {
        out.print(json().writeValueAsString(document));
        out.print('\n');
        out.flush();
    }

    /** Prints a line of the log, above a progress bar if there is one. */
    public void log(String line) {
        err.println(isTerminal() ? ERASE_LINE + line : line);
    }

    /**
     * Begins a progress display: a bar on a terminal, nothing elsewhere.
     *
     * @param unit what is counted, such as {@code steps}
     */
    public Progress progress(String task, String unit, long total) {
        return isTerminal() ? Progress.bar(err, task, unit, total) : Progress.NONE;
    }

    private static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL_PROPERTY);
    }

    private static ObjectWriter json() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return JSON.writer().with(printer);
    }
}
