package org.lilgatsby.tokenfile;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Several files of token ids, one after the other, as one sequence. */
public final class TokenShards implements TokenSequence, AutoCloseable {
    private static final String NAMES = "*.{safetensors,npy,bin}";
    private static final int MOST_FILES = 1 << 16;

    private final List<TokenFile> files;
    private final long[] starts; // [files + 1]

    private TokenShards(List<TokenFile> files) {
        this.files = List.copyOf(files);
        this.starts = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], files.get(i).length());
        }
    }

    /**
     * Opens files in the order given.
     *
     * @throws TokenFileException if one is not a file of token ids
     * @throws IllegalArgumentException if there is none
     */
    public static TokenShards open(List<Path> paths, TokenFile.Reading reading) throws IOException {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no file");
        }
        List<TokenFile> files = new ArrayList<>(paths.size());
        try {
            for (Path path : paths) {
                TokenFile file = TokenFile.open(path, reading);
                files.add(file);
                if (!file.type().isWhole()) {
                    throw new TokenFileException(path, "holds truth values; token ids are whole numbers");
                }
            }
            return new TokenShards(files);
        } catch (IOException | RuntimeException | Error e) {
            files.forEach(TokenFile::close);
            throw e;
        }
    }

    /**
     * The files that a name stands for: the file itself; of a directory all that end in {@code .safetensors},
     * {@code .npy} or {@code .bin}; of a pattern such as {@code data/train_*.bin} all that match it in their directory;
     * in the order of their names, character by character.
     *
     * @throws NoSuchFileException if there is none
     */
    public static List<Path> find(String name) throws IOException {
        return find(name, NAMES);
    }

    /** As {@link #find(String)}, of a directory all that match {@code names}. */
    public static List<Path> find(String name, String names) throws IOException {
        Path path = Path.of(name);
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        boolean directory = Files.isDirectory(path);
        Path parent = directory ? path : path.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NoSuchFileException(name);
        }
        List<Path> found = new ArrayList<>();
        String pattern = directory ? names : path.getFileName().toString();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, pattern)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    found.add(entry);
                }
                if (found.size() > MOST_FILES) {
                    throw new IOException(name + " stands for more than " + MOST_FILES + " files");
                }
            }
        }
        if (found.isEmpty()) {
            throw new NoSuchFileException(name);
        }
        found.sort(
                (a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
        return found;
    }

    /** The files, in order. */
    public List<TokenFile> files() {
        return files;
    }

    @Override
    public long length() {
        return starts[files.size()];
    }

    @Override
    public void copy(long position, int[] target, int at, int count) {
        Objects.checkFromIndexSize(position, (long) count, length());
        Objects.checkFromIndexSize(at, count, target.length);
        int done = 0;
        for (int file = fileOf(position); done < count; file++) {
            long inFile = position + done - starts[file];
            int part = (int) Math.min(count - done, starts[file + 1] - starts[file] - inFile);
            files.get(file).copy(inFile, target, at + done, part);
            done += part;
        }
    }

    private int fileOf(long position) {
        int low = 0;
        int high = files.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public String place(long position) {
        Objects.checkIndex(position, length());
        int file = fileOf(position);
        return files.get(file).place(position - starts[file]);
    }

    /** Unmaps the files, which must not be used any more. */
    @Override
    public void close() {
        files.forEach(TokenFile::close);
    }
}
