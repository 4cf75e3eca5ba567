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
        return isPlain(cell) ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** In a loop: tables have millions of cells. */
    private static boolean isPlain(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return false;
            }
        }
        return true;
    }
}
