package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.experiment.Block.Table;

/** Lays out a table in lines. Numbers are right-aligned; a long table of numbers is split into side-by-side columns. */
final class TextTable {
    private static final String GAP = "  ";
    private static final String GUTTER = "  |  ";

    /** Maximum number of rows of a table of numbers that is not split. */
    private static final int SHORT = 12;

    private final Table table;
    private final int width;
    private final int[] widths;

    private TextTable(Table table, int width) {
        this.table = table;
        this.width = width;
        this.widths =
                IntStream.range(0, table.headings().size()).map(this::widest).toArray();
        int others = IntStream.of(widths).limit(widths.length - 1).sum() + GAP.length() * (widths.length - 1);
        int last = widths.length - 1;
        widths[last] = Math.max(1, Math.min(widths[last], width - others));
    }

    /** The table in lines of at most {@code width} columns, if all columns but the last leave room. */
    static List<String> lines(Table table, int width) {
        TextTable text = new TextTable(table, width);
        return table.kind() == Table.Kind.NUMBERS && table.rows().size() > SHORT ? text.sideBySide() : text.below();
    }

    private int widest(int column) {
        int heading = table.headings().get(column).length();
        return table.rows().stream().mapToInt(row -> row.get(column).length()).reduce(heading, Math::max);
    }

    private List<String> below() {
        List<String> lines = new ArrayList<>(row(table.headings()));
        lines.add(rule());
        table.rows().forEach(row -> lines.addAll(row(row)));
        return lines;
    }

    private List<String> sideBySide() {
        int block = rule().length();
        int blocks = Math.max(1, (width + GUTTER.length()) / (block + GUTTER.length()));
        int height = (table.rows().size() + blocks - 1) / blocks;
        int used = (table.rows().size() + height - 1) / height;
        String heading = row(table.headings()).getFirst();
        List<String> lines = new ArrayList<>();
        lines.add(String.join(GUTTER, Collections.nCopies(used, heading)));
        lines.add(String.join(GUTTER, Collections.nCopies(used, rule())));
        for (int i = 0; i < height; i++) {
            List<String> cells = new ArrayList<>();
            for (int at = i; at < table.rows().size(); at += height) {
                cells.add(row(table.rows().get(at)).getFirst());
            }
            lines.add(String.join(GUTTER, cells));
        }
        return lines;
    }

    private String rule() {
        return "-".repeat(IntStream.of(widths).sum() + GAP.length() * (widths.length - 1));
    }

    /** A row; the last column wraps. */
    private List<String> row(List<String> cells) {
        int last = cells.size() - 1;
        StringBuilder start = new StringBuilder();
        for (int column = 0; column < last; column++) {
            start.append(padded(cells.get(column), column)).append(GAP);
        }
        return table.isNumeric(last)
                ? List.of(start + padded(cells.get(last), last))
                : TextLines.hanging(start.toString(), cells.get(last), start.length() + widths[last]);
    }

    private String padded(String cell, int column) {
        String space = " ".repeat(Math.max(0, widths[column] - cell.length()));
        return table.isNumeric(column) ? space + cell : cell + space;
    }
}
