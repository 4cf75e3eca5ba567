package org.lilgatsby.experiment;

import java.util.List;
import java.util.stream.Collectors;

/** A piece of a report, the same for text and page: figures are formatted here, and laid out there. */
public sealed interface Block {
    /**
     * A paragraph.
     *
     * @param text one or more sentences
     */
    record Paragraph(String text) implements Block {}

    /**
     * Single figures below each other.
     *
     * @param facts in reading order
     */
    record Facts(List<Fact> facts) implements Block {
        /** Copies the list. */
        public Facts {
            facts = List.copyOf(facts);
        }

        /** Some facts. */
        public static Facts of(Fact... facts) {
            return new Facts(List.of(facts));
        }
    }

    /**
     * A figure with its name.
     *
     * @param label what it is, with its unit
     * @param value its value, formatted
     */
    record Fact(String label, String value) {}

    /**
     * Figures in rows and columns.
     *
     * @param headings one per column, with the unit; the first column names the rows
     * @param rows each as long as the headings
     * @param kind what the columns hold
     */
    record Table(List<String> headings, List<List<String>> rows, Kind kind) implements Block {
        /** What the columns hold. */
        public enum Kind {
            /** A name in the first column, numbers in the others. */
            NAMED_NUMBERS,
            /** Numbers in every column. */
            NUMBERS,
            /** Text in every column. */
            TEXT
        }

        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException if a row has another length than the headings
         */
        public Table {
            headings = List.copyOf(headings);
            int columns = headings.size();
            rows = rows.stream().map(List::copyOf).collect(Collectors.toUnmodifiableList());
            rows.forEach(row -> {
                if (row.size() != columns) {
                    throw new IllegalArgumentException(
                            "a row has %d cells, the table %d columns: %s".formatted(row.size(), columns, row));
                }
            });
        }

        /** Whether a column holds numbers, which line up at their right end. */
        public boolean isNumeric(int column) {
            return kind == Kind.NUMBERS || kind == Kind.NAMED_NUMBERS && column > 0;
        }
    }

    /**
     * A hypothesis with what it demands and whether the run meets it.
     *
     * @param verdict on it
     */
    record Judgement(Verdict verdict) implements Block {}

    /**
     * Text whose lines stay as they are.
     *
     * @param text may hold any character
     */
    record Verbatim(String text) implements Block {}
}
