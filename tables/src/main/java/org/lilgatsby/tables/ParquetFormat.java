package org.lilgatsby.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.sweep.TableFormat;
import org.lilgatsby.sweep.Tables;

/** Parquet, compressed with Zstandard. The same comma-separated values give the same bytes. */
public final class ParquetFormat implements TableFormat {
    /** A service; {@link org.lilgatsby.sweep.Tables} creates it. */
    public ParquetFormat() {}

    @Override
    public String extension() {
        return Tables.PARQUET;
    }

    @Override
    public void convert(Path csv, Path file) throws IOException {
        try (Database database = Database.open()) {
            convert(database, csv, file);
        }
    }

    static void convert(Database database, Path csv, Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + DurableFiles.UNFINISHED_SUFFIX);
        TableFile table = TableFile.of(database, csv);
        try {
            database.execute("COPY (FROM %s) TO %s (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
                    .formatted(table.rows(), Sql.file(partial)));
            DurableFiles.force(partial);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.forceDirectory(DiskSpace.directoryOf(file));
        } catch (SQLException e) {
            throw DiskSpace.explain(partial, 0, SqlFailure.of(e));
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
