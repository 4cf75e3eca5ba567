package org.lilgatsby.tables;

import java.nio.file.Path;

/** Pieces of DuckDB's SQL that stand for given texts, whatever characters they have. */
final class Sql {
    private Sql() {}

    /** A string. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The name of a column. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A file that is written. */
    static String file(Path file) {
        return text(absolute(file));
    }

    /** A file that is read. Reading takes a name for a pattern: whatever would stand for others is a class of one. */
    static String pattern(Path file) {
        return text(absolute(file).replaceAll("[*?\\[]", "[$0]"));
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }
}
