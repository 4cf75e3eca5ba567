package org.lilgatsby.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.tables.SweepTables.Column;
import org.lilgatsby.tables.SweepTables.Receiver;

/** An answer, held in full. */
final class Answer implements Receiver {
    private final List<String> names = new ArrayList<>();
    private final List<List<Object>> rows = new ArrayList<>();

    /** The rows that a query has. */
    static List<List<Object>> to(Path directory, String sql) throws IOException {
        try (SweepTables tables = SweepTables.open(directory)) {
            Answer answer = new Answer();
            tables.ask(sql, answer);
            return answer.rows;
        }
    }

    List<String> names() {
        return names;
    }

    List<List<Object>> rows() {
        return rows;
    }

    @Override
    public void columns(List<Column> columns) {
        columns.forEach(column -> names.add(column.name()));
    }

    @Override
    public void row(List<Object> cells) {
        rows.add(cells);
    }

    @Override
    public void flush() {}

    @Override
    public void end() {}
}
