package org.lilgatsby.tables;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * DuckDB, in memory, on its own: no network, no extensions, no file but those it is told. One thread, so that sums and
 * files are the same bits each time; what exceeds {@link #MEMORY} goes to temporary files.
 */
final class Database implements AutoCloseable {
    /** What it may take beside the Java heap. */
    static final String MEMORY = "1GB";

    private final ScratchDirectory scratch;
    private final Connection connection;

    private Database(ScratchDirectory scratch, Connection connection) {
        this.scratch = scratch;
        this.connection = connection;
    }

    /** Starts it. */
    static Database open() throws IOException {
        return open(MEMORY);
    }

    /** The same with another limit of memory, in DuckDB's notation. */
    static Database open(String memory) throws IOException {
        ScratchDirectory scratch = ScratchDirectory.create();
        try {
            return new Database(scratch, connect(scratch, memory));
        } catch (SQLException e) {
            scratch.close();
            throw SqlFailure.of(e);
        } catch (LinkageError e) {
            scratch.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "DuckDB, which reads and writes Parquet, cannot be loaded on this machine: " + cause.getMessage(),
                    e);
        }
    }

    private static Connection connect(ScratchDirectory scratch, String memory) throws SQLException {
        Properties settings = new Properties();
        settings.put("threads", "1");
        settings.put("memory_limit", memory);
        settings.put("temp_directory", scratch.path().toString());
        settings.put("autoinstall_known_extensions", "false");
        settings.put("autoload_known_extensions", "false");
        settings.put("allow_community_extensions", "false");
        settings.put("allow_persistent_secrets", "false");
        settings.put(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        return new DuckDBDriver().connect("jdbc:duckdb:", settings);
    }

    /** The connection, for statements that are closed before this is. */
    Connection connection() {
        return connection;
    }

    /** Reads a result. */
    @FunctionalInterface
    interface Reader {
        void read(ResultSet result) throws SQLException, IOException;
    }

    /**
     * Executes a SELECT. Its result is handed on as it is computed, so it may be larger than memory.
     *
     * @throws SQLException if it cannot be computed; a part may have been read before
     */
    void query(String select, Reader reader) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(select)) {
            reader.read(result);
        } catch (SQLException e) {
            throw cause(select, e);
        }
    }

    /**
     * DuckDB loses the message of an error in a result that is handed on as it is computed. Computed again for its own
     * sake, the query meets the same error.
     */
    private SQLException cause(String select, SQLException e) {
        if (!String.valueOf(e.getMessage()).endsWith("Invalid result set")) {
            return e;
        }
        try {
            execute("EXPLAIN ANALYZE " + select);
            return e;
        } catch (SQLException cause) {
            return cause;
        }
    }

    /** Executes a statement without a result. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        try (scratch) {
            connection.close();
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }
}
