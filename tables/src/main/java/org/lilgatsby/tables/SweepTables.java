package org.lilgatsby.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.Tables;

/** The tables of a sweep, to be asked in SQL: the views {@code runs} and {@code series}, and nothing else. */
public final class SweepTables implements AutoCloseable {
    private static final int FLUSHED = 10_000;

    private final Path directory;
    private final Database database;

    private SweepTables(Path directory, Database database) {
        this.directory = directory;
        this.database = database;
    }

    /** Receives an answer. */
    public interface Receiver {
        /** Its columns, once and first. */
        void columns(List<Column> columns) throws IOException;

        /**
         * One row.
         *
         * @param cells by the columns; null for NULL
         */
        void row(List<Object> cells) throws IOException;

        /** Now and then between rows: passes on what it has, so that a reader who is gone ends the query. */
        void flush() throws IOException;

        /** After the last row. */
        void end() throws IOException;
    }

    /**
     * A column of an answer.
     *
     * @param isNumber whether its cells are numbers
     */
    public record Column(String name, boolean isNumber) {}

    /**
     * Opens the tables of a sweep's directory, Parquet where it is there. From then on no other file can be read, none
     * written, and no setting changed.
     *
     * @throws SettingException if the directory has none
     * @throws IOException if one cannot be read
     */
    public static SweepTables open(Path directory) throws IOException {
        return open(directory, Database.MEMORY);
    }

    static SweepTables open(Path directory, String memory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new SettingException(
                    "",
                    directory
                            + (Files.exists(directory) ? ": is a file" : ": there is no such directory")
                            + "; name the directory of a sweep, such as sweeps/NAME");
        }
        Path real = directory.toRealPath();
        List<Path> files = new ArrayList<>();
        Database database = Database.open(memory);
        try {
            for (String table : List.of(Tables.RUNS, Tables.SERIES)) {
                Path parquet = real.resolve(table + "." + Tables.PARQUET);
                Path csv = real.resolve(table + "." + Tables.CSV);
                if (Files.exists(parquet)) {
                    files.add(parquet);
                    String rows = "read_parquet(%s, hive_partitioning = false)".formatted(Sql.pattern(parquet));
                    create(database, table, parquet, rows);
                } else if (Files.exists(csv)) {
                    files.add(csv);
                    create(database, table, csv, TableFile.of(database, csv).rows());
                }
            }
            if (files.isEmpty()) {
                throw new SettingException(
                        "", directory + ": holds no tables of a sweep; lilgatsby sweep collect DIR writes them");
            }
            lock(database, files);
            return new SweepTables(directory, database);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void create(Database database, String view, Path file, String rows) throws IOException {
        try {
            database.execute("CREATE VIEW %s AS FROM %s".formatted(view, rows));
        } catch (SQLException e) {
            throw new IOException(file + ": cannot be read: " + SqlFailure.sentence(e), e);
        }
    }

    /** A file is looked up under its pattern, too. */
    private static void lock(Database database, List<Path> files) throws IOException {
        String allowed = files.stream()
                .map(file -> Sql.file(file) + ", " + Sql.pattern(file))
                .collect(Collectors.joining(", "));
        try {
            database.execute("SET allowed_paths = [%s]".formatted(allowed));
            database.execute("SET enable_external_access = false");
            database.execute("SET lock_configuration = true");
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /**
     * Answers a query. The answer is handed on as it is computed, so it may be larger than memory.
     *
     * @param sql a single SELECT
     * @throws SettingException if it is not, or cannot be answered; rows may have been handed on before
     * @throws IOException if a table cannot be read, the query needs more memory or room on the disk than there is, or
     *     the receiver fails
     */
    public void ask(String sql, Receiver receiver) throws IOException {
        QueryCheck.requireReading(database, sql);
        try {
            database.query(sql, result -> hand(result, receiver));
        } catch (SQLException e) {
            throw failure(e);
        }
        receiver.end();
    }

    private static void hand(ResultSet result, Receiver receiver) throws SQLException, IOException {
        List<Column> columns = Cells.columns(result.getMetaData());
        receiver.columns(columns);
        for (long rows = 1; result.next(); rows++) {
            receiver.row(Cells.row(result, columns.size()));
            if (rows % FLUSHED == 0) {
                receiver.flush();
            }
        }
    }

    private IOException failure(SQLException e) {
        if (SqlFailure.isOfATable(e)) {
            return new IOException(directory + ": a table is damaged: " + SqlFailure.sentence(e), e);
        }
        if (SqlFailure.isOfTheStatement(e)) {
            throw new SettingException("", SqlFailure.sentence(e));
        }
        return SqlFailure.of(e);
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
