package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files of a run.
 *
 * @param root the directory that holds them
 */
public record RunDirectory(Path root) {
    /** The complete resolved configuration, YAML. */
    public Path config() {
        return root.resolve("config.yaml");
    }

    /** Versions, machine, corpus, state: {@link Manifest}. */
    public Path manifest() {
        return root.resolve("manifest.json");
    }

    /** The streamed recording. */
    public Path recording() {
        return root.resolve("recording.safetensors");
    }

    /** The files of a recording per step. */
    public Path steps() {
        return root.resolve("steps");
    }

    /** Complete rows of the recording, ten digits. */
    public Path progress() {
        return root.resolve("recording.progress");
    }

    /** Names the process that works on the run, as long as one does; empty afterwards. */
    public Path lock() {
        return root.resolve("run.lock");
    }

    /** State to go on from. */
    public Path checkpoint() {
        return root.resolve("checkpoint");
    }

    /** A text by the trained model. */
    public Path sample() {
        return root.resolve("sample.txt");
    }

    /** Sums that say where a sealed run was damaged: {@link Checksums}. */
    public Path checksums() {
        return root.resolve("checksums.safetensors");
    }

    /** Results as JSON. */
    public Path reportJson() {
        return root.resolve("report.json");
    }

    /** Results as text. */
    public Path reportText() {
        return root.resolve("report.txt");
    }

    /** Results as a page. */
    public Path reportHtml() {
        return root.resolve("report.html");
    }

    /** The trained model as a Hugging Face directory. */
    public Path model() {
        return root.resolve("model");
    }

    /** The trained model's tensors. */
    public Path modelWeights() {
        return model().resolve("model.safetensors");
    }

    /** Name of the file of one step: {@code step_0000100.safetensors}. */
    public static String stepFile(int step) {
        return String.format(Locale.ROOT, "step_%07d.safetensors", step);
    }

    /**
     * Makes the directory for a new run. There may be one already, empty or with what a run left that was killed before
     * it wrote its configuration.
     *
     * @throws FileAlreadyExistsException if it holds anything else
     */
    public static RunDirectory create(Path root) throws IOException {
        RunDirectory directory = new RunDirectory(root);
        if (Files.exists(root)) {
            directory.requireUnused();
        }
        Files.createDirectories(root);
        return directory;
    }

    /**
     * Checks that no run was begun here.
     *
     * @throws FileAlreadyExistsException as {@link #create}
     */
    public void requireUnused() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new FileAlreadyExistsException(root.toString(), null, "is a file, not a directory");
        }
        Set<Path> leftovers = Set.of(lock(), root.resolve("config.yaml.partial"));
        try (var entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!leftovers.contains(entry)) {
                    throw new FileAlreadyExistsException(root.toString(), null, "is not empty");
                }
            }
        }
    }

    /**
     * Refuses symbolic links: in a directory from elsewhere they could have any file of this machine read or written.
     *
     * @throws IOException naming the first, or if there is no such directory
     */
    public void requireNoLinks() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(root + ": there is no such directory of a run");
        }
        SortedSet<Path> links = new TreeSet<>();
        Files.walkFileTree(root.toRealPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isSymbolicLink()) {
                    links.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            /** A run at work may rename a file between its listing and the look at it. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        if (!links.isEmpty()) {
            throw new IOException(links.first() + ": is a symbolic link; a run's directory holds its files themselves");
        }
    }
}
