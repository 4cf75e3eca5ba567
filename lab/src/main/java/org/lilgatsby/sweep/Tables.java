package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.lilgatsby.files.DurableFiles;

/** The tables of a sweep as files in its directory: runs and series, in every format there is. */
public final class Tables {
    /** Name of the table of the runs, without an extension. */
    public static final String RUNS = "runs";

    /** Name of the table of the series, without an extension. */
    public static final String SERIES = "series";

    /** The extension of Parquet files, which are replaced or deleted whether or not the program can write them. */
    public static final String PARQUET = "parquet";

    /** The extension of comma-separated values. */
    public static final String CSV = "csv";

    private static final List<String> NAMES = List.of(RUNS, SERIES);

    private Tables() {}

    /**
     * What was written.
     *
     * @param files the tables, those of comma-separated values first
     * @param failures for each table that could not be written in another format: its file, and why, in one line
     */
    public record Written(List<Path> files, List<String> failures) {}

    /**
     * Writes all tables, and only then replaces the earlier ones, so that all of a directory's tables are of one
     * moment. A format that fails leaves no file, and no other table is worse for it.
     *
     * @param directory created if it is missing
     * @throws IOException if the comma-separated values cannot be written; the earlier tables are as they were
     */
    public static Written write(RunTable table, Path directory) throws IOException {
        return write(
                table,
                directory,
                ServiceLoader.load(TableFormat.class, TableFormat.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    static Written write(RunTable table, Path directory, List<TableFormat> formats) throws IOException {
        Files.createDirectories(directory);
        Path draft = draft(directory);
        try {
            List<String> names = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            table.write(draft.resolve(file(RUNS, CSV)));
            names.add(file(RUNS, CSV));
            table.writeSeries(draft.resolve(file(SERIES, CSV)));
            names.add(file(SERIES, CSV));
            for (TableFormat format : formats) {
                for (String name : NAMES) {
                    String file = file(name, format.extension());
                    failureOf(format, draft.resolve(file(name, CSV)), draft.resolve(file))
                            .ifPresentOrElse(
                                    reason -> failures.add(directory.resolve(file) + ": " + reason),
                                    () -> names.add(file));
                }
            }
            replace(directory, draft, names, formats);
            return new Written(names.stream().map(directory::resolve).toList(), List.copyOf(failures));
        } finally {
            delete(draft);
        }
    }

    /** The reader of a message knows the directory, but not the name of a draft in it. */
    private static Path draft(Path directory) throws IOException {
        try {
            return Files.createTempDirectory(directory, "tables" + DurableFiles.UNFINISHED_SUFFIX + "-");
        } catch (FileSystemException e) {
            FileSystemException named = e instanceof AccessDeniedException
                    ? new AccessDeniedException(directory.toString())
                    : new FileSystemException(directory.toString(), null, e.getReason());
            named.initCause(e);
            throw named;
        }
    }

    /** The name of a table's file. */
    private static String file(String table, String extension) {
        return table + "." + extension;
    }

    private static Optional<String> failureOf(TableFormat format, Path csv, Path file) {
        try {
            format.convert(csv, file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Earlier tables in other formats go first: none of them is ever beside newer comma-separated values. */
    private static void replace(Path directory, Path draft, List<String> names, List<TableFormat> formats)
            throws IOException {
        Set<String> extensions = new LinkedHashSet<>(List.of(PARQUET));
        formats.forEach(format -> extensions.add(format.extension()));
        for (String extension : extensions) {
            for (String name : NAMES) {
                Files.deleteIfExists(directory.resolve(file(name, extension)));
            }
        }
        DurableFiles.forceDirectory(directory);
        for (String name : names) {
            Files.move(
                    draft.resolve(name),
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        DurableFiles.forceDirectory(directory);
    }

    private static void delete(Path draft) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(draft)) {
            left = files.toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
        Files.delete(draft);
    }
}
