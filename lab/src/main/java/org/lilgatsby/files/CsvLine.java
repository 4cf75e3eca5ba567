package org.lilgatsby.files;

import java.util.List;
import java.util.stream.Collectors;

/** A line of comma-separated values (RFC 4180), ended by a line feed. */
public final class CsvLine {
    private CsvLine() {}

    /** The cells, quoted where they would be read as something else. */
    public static String of(List<String> cells) {
        return cells.stream().map(CsvLine::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
