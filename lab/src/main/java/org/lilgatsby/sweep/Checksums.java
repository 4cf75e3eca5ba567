package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.files.Text;

/** {@code SHA256SUMS}: the hash of each other file of an entry, in the format of {@code sha256sum --check}. */
final class Checksums {
    static final String NAME = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

    private Checksums() {}

    /**
     * Writes a file and the hashes of all files below a directory that nobody reads yet; all of them are on the disk
     * when this returns.
     *
     * @param name of the file
     */
    static void write(Path directory, String name, byte[] bytes) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        List<Path> folders = new ArrayList<>();
        for (Path there : all(directory)) {
            if (Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS)) {
                folders.add(there);
            } else if (!there.equals(directory.resolve(NAME))) {
                DurableFiles.force(there);
                sums.put(nameOf(there, directory), Sha256.of(there));
            }
        }
        DurableFiles.create(directory.resolve(name), bytes);
        sums.put(name, Sha256.of(bytes));
        StringBuilder lines = new StringBuilder();
        sums.forEach((file, sum) -> lines.append(sum).append("  ").append(file).append('\n'));
        DurableFiles.create(directory.resolve(NAME), lines.toString().getBytes(StandardCharsets.UTF_8));
        for (Path folder : folders) {
            DurableFiles.forceDirectory(folder);
        }
    }

    /**
     * The hashes, by file.
     *
     * @throws IOException if the file is missing or malformed
     */
    static Map<String, String> read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(NAME + " is missing");
        }
        Map<String, String> sums = new TreeMap<>();
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || sums.put(parts.group(2), parts.group(1)) != null) {
                throw new IOException("%s has an invalid line: %s".formatted(NAME, Text.quote(line)));
            }
        }
        return sums;
    }

    /**
     * The differences from what was written; empty if there are none. A link is one, even to the same bytes: what it
     * leads to may change or disappear.
     *
     * @throws AccessDeniedException if a file may not be read, which says nothing about its bytes
     */
    static Optional<String> problem(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("is not a directory");
        }
        Map<String, String> sums;
        try {
            sums = read(directory);
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
        for (String name : files(directory)) {
            String expected = sums.remove(name);
            if (expected == null) {
                return Optional.of(Text.escape(name) + " is not in the list of checksums");
            }
            Optional<String> problem = problem(directory.resolve(name), expected);
            if (problem.isPresent()) {
                return problem.map((Text.escape(name) + " ")::concat);
            }
        }
        return sums.keySet().stream().findFirst().map(name -> Text.escape(name) + " is missing");
    }

    private static Optional<String> problem(Path file, String sum) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("is not a file");
        }
        try {
            return Sha256.of(file).equals(sum) ? Optional.empty() : Optional.of("was changed: its checksum differs");
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    /** A directory and everything below it. */
    private static List<Path> all(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.toList();
        }
    }

    /** The path of a file below a directory, with forward slashes. */
    private static String nameOf(Path file, Path directory) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    /** Paths of the files below a directory, sorted, without the checksum file. */
    private static List<String> files(Path directory) throws IOException {
        return all(directory).stream()
                .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                .map(file -> nameOf(file, directory))
                .filter(name -> !name.equals(NAME))
                .sorted()
                .toList();
    }
}
