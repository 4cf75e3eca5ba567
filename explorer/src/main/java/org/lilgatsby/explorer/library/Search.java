package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.sweep.SweepDirectory;

/**
 * Finds runs, sweeps and checkpoints below a directory. Symbolic links are not followed, so that nothing outside is
 * found; what cannot be read is passed over.
 */
final class Search {
    private static final int DEEPEST = 16;

    /** Whoever gives the root of a disk has an answer some day. */
    private static final int MOST_DIRECTORIES = 200_000;

    private final Path root;
    private final Path real;
    private final Map<Path, Place> found = new LinkedHashMap<>();
    private int directories;

    private Search(Path root, Path real) {
        this.root = root;
        this.real = real;
    }

    /** What lies below a directory, by path; nothing if there is no such directory. */
    static Map<Path, Place> below(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return Map.of();
        }
        Search search = new Search(root, root.toRealPath());
        Files.walkFileTree(search.real, EnumSet.noneOf(FileVisitOption.class), DEEPEST, search.visitor());
        return search.found;
    }

    private FileVisitor<Path> visitor() {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (++directories > MOST_DIRECTORIES) {
                    return FileVisitResult.TERMINATE;
                }
                Optional<Kind> kind = kind(directory);
                kind.ifPresent(known -> found.put(directory, new Place(known, directory, shown(directory))));
                return kind.isPresent() && kind.get() != Kind.SWEEP
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        };
    }

    private String shown(Path directory) {
        return directory.equals(real)
                ? root.toString()
                : root.resolve(real.relativize(directory)).toString();
    }

    private static Optional<Kind> kind(Path directory) {
        RunDirectory run = new RunDirectory(directory);
        if (isFile(run.config()) && (isFile(run.manifest()) || isFile(run.lock()))) {
            return Optional.of(Kind.RUN);
        }
        if (isFile(new SweepDirectory(directory).definition())) {
            return Optional.of(Kind.SWEEP);
        }
        return isCheckpoint(directory) ? Optional.of(Kind.CHECKPOINT) : Optional.empty();
    }

    /** Its files may be links to the blobs of a cache; who opens it checks where they lead. */
    private static boolean isCheckpoint(Path directory) {
        return Files.isRegularFile(directory.resolve("config.json"))
                && (Files.isRegularFile(directory.resolve("model.safetensors"))
                        || Files.isRegularFile(directory.resolve("model.safetensors.index.json")));
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
