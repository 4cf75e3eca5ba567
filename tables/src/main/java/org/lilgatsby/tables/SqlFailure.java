package org.lilgatsby.tables;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** DuckDB's messages as one line. */
final class SqlFailure {
    /** Kinds of errors that are no fault of the statement. */
    private static final List<String> OF_THE_MACHINE =
            List.of("IO Error", "Out of Memory Error", "INTERNAL Error", "FATAL Error");

    /** Where the excerpt of the statement begins, or advice that does not apply. */
    private static final List<String> ENDS = List.of(
            "LINE ", "Possible solutions", "Possible fixes", "This type was auto-detected", "Please try installing");

    private static final String OF_ACCESS = "Permission Error";

    private SqlFailure() {}

    /** A failure that keeps only the message's one line. */
    static IOException of(SQLException e) {
        return new IOException(sentence(e), e);
    }

    /** Whether another statement would have succeeded. */
    static boolean isOfTheStatement(SQLException e) {
        return OF_THE_MACHINE.stream().noneMatch(message(e)::startsWith) && !isOfATable(e);
    }

    /** Whether a table of comma-separated values has a cell or a row that cannot be. */
    static boolean isOfATable(SQLException e) {
        return message(e).contains("CSV Error on Line");
    }

    /** The message without its excerpt of the statement, its advice and its line breaks. */
    static String sentence(SQLException e) {
        List<String> parts = new ArrayList<>();
        for (String line : message(e).split("\n")) {
            if (ENDS.stream().anyMatch(line::startsWith)) {
                break;
            }
            if (!line.isBlank()) {
                parts.add(line.strip());
            }
        }
        String sentence = String.join(" ", parts);
        return sentence.startsWith(OF_ACCESS) ? "a query reads runs and series only. " + sentence : sentence;
    }

    private static String message(SQLException e) {
        return String.valueOf(e.getMessage());
    }
}
