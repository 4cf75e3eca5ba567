package org.lilgatsby.tables;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.files.CsvLine;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.FiniteJson;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.tables.SweepTables.Column;
import org.lilgatsby.tables.SweepTables.Receiver;
import tools.jackson.databind.json.JsonMapper;

/** The forms in which an answer is printed, row by row. */
final class Printing {
    private Printing() {}

    /** In columns for people: as wide as the first thousand rows need, which is all that is held in memory. */
    static Receiver text(PrintWriter out) {
        return new Aligned(out);
    }

    /** As comma-separated values, by the rules of the sweep's tables: an undefined number is an empty cell. */
    static Receiver csv(PrintWriter out) {
        return new Separated(out);
    }

    /** As one JSON array with one object per row. */
    static Receiver json(PrintWriter out) {
        return new Json(out);
    }

    /** Numbers in the shortest decimals that read back as the same; nothing for NULL. */
    private static String shown(Object cell) {
        return switch (cell) {
            case null -> "";
            case Double number -> Double.isFinite(number) ? Settings.plain(number) : number.toString();
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> list.stream().map(Printing::shown).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + shown(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> cell.toString();
        };
    }

    /** What the forms have in common. */
    private abstract static class Printed implements Receiver {
        final PrintWriter out;

        Printed(PrintWriter out) {
            this.out = out;
        }

        @Override
        public final void flush() throws IOException {
            if (out.checkError()) {
                throw new IOException("standard output could not be written in full");
            }
        }
    }

    private static final class Aligned extends Printed {
        private static final int MEASURED = 1000;
        private static final String GAP = "  ";

        private final List<List<String>> measured = new ArrayList<>();
        private List<Column> columns;
        private int[] widths;

        Aligned(PrintWriter out) {
            super(out);
        }

        @Override
        public void columns(List<Column> names) {
            columns = names;
        }

        @Override
        public void row(List<Object> cells) {
            List<String> row =
                    cells.stream().map(Printing::shown).map(Text::escape).toList();
            if (widths != null) {
                print(row);
                return;
            }
            measured.add(row);
            if (measured.size() == MEASURED) {
                begin();
            }
        }

        @Override
        public void end() throws IOException {
            if (widths == null) {
                begin();
            }
            flush();
        }

        private void begin() {
            List<String> headings =
                    columns.stream().map(Column::name).map(Text::escape).toList();
            measured.addFirst(headings);
            widths = IntStream.range(0, columns.size()).map(this::widest).toArray();
            print(headings);
            out.print("-".repeat(IntStream.of(widths).sum() + GAP.length() * (widths.length - 1)) + "\n");
            for (List<String> row : measured.subList(1, measured.size())) {
                print(row);
            }
            measured.clear();
        }

        private int widest(int column) {
            return measured.stream()
                    .mapToInt(row -> width(row.get(column)))
                    .max()
                    .orElseThrow();
        }

        private void print(List<String> row) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String space = " ".repeat(Math.max(0, widths[i] - width(row.get(i))));
                line.append(i == 0 ? "" : GAP)
                        .append(columns.get(i).isNumber() ? space + row.get(i) : row.get(i) + space);
            }
            out.print(line.toString().stripTrailing() + "\n");
        }

        private static int width(String text) {
            return text.codePointCount(0, text.length());
        }
    }

    private static final class Separated extends Printed {
        Separated(PrintWriter out) {
            super(out);
        }

        @Override
        public void columns(List<Column> columns) {
            out.print(CsvLine.of(columns.stream().map(Column::name).toList()));
        }

        @Override
        public void row(List<Object> cells) {
            out.print(CsvLine.of(cells.stream().map(Separated::cell).toList()));
        }

        private static String cell(Object cell) {
            return cell instanceof Double number && !Double.isFinite(number) ? "" : shown(cell);
        }

        @Override
        public void end() throws IOException {
            flush();
        }
    }

    private static final class Json extends Printed {
        private static final JsonMapper MAPPER = FiniteJson.mapper().build();

        private List<Column> columns;
        private boolean isFirst = true;

        Json(PrintWriter out) {
            super(out);
        }

        @Override
        public void columns(List<Column> names) {
            Set<String> known = new HashSet<>();
            for (Column column : names) {
                if (!known.add(column.name())) {
                    throw new SettingException(
                            "",
                            "two columns of the answer are called %s; in JSON each needs a name of its own (AS)"
                                    .formatted(column.name()));
                }
            }
            columns = names;
            out.print("[");
        }

        @Override
        public void row(List<Object> cells) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(columns.get(i).name(), cells.get(i));
            }
            out.print((isFirst ? "\n  " : ",\n  ") + MAPPER.writeValueAsString(row));
            isFirst = false;
        }

        @Override
        public void end() throws IOException {
            out.print(isFirst ? "]\n" : "\n]\n");
            flush();
        }
    }
}
