package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.lilgatsby.files.Text;

/**
 * The files of a model directory, none outside it. A symbolic link may lead to a file inside the directory. In the
 * layout of the Hugging Face cache, {@code models--NAME/snapshots/REVISION/FILE}, it may also lead to
 * {@code models--NAME/blobs/HASH}, where that cache keeps the contents. Every other link is refused, so that a
 * downloaded directory cannot make the program read other files of the machine.
 */
final class ModelFiles {
    private static final String SNAPSHOTS = "snapshots";
    private static final String BLOBS = "blobs";

    private final Path directory; // without links

    private ModelFiles(Path directory) {
        this.directory = directory;
    }

    static ModelFiles of(Path directory) throws IOException {
        return new ModelFiles(directory.toRealPath());
    }

    /**
     * The file of this name, links resolved, if there is one.
     *
     * @throws CheckpointException if the name is not a plain file name, or the file is a link that leads nowhere or out
     */
    Optional<Path> find(String name) throws IOException {
        Path file = directory.resolve(plain(name));
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.exists(file)) {
            throw new CheckpointException(file, "a broken symbolic link");
        }
        Path real = file.toRealPath();
        if (!real.startsWith(directory) && !isBlob(real)) {
            throw new CheckpointException(file, "a symbolic link out of the model directory is not followed");
        }
        return Optional.of(real);
    }

    private Path plain(String name) throws CheckpointException {
        try {
            Path plain = Path.of(name);
            boolean traverses = name.contains("/") || name.contains("\\") || name.equals(".") || name.equals("..");
            if (!name.isEmpty() && !traverses && !plain.isAbsolute() && plain.getNameCount() == 1) {
                return plain;
            }
            throw notPlain(name, null);
        } catch (InvalidPathException e) {
            throw notPlain(name, e);
        }
    }

    private CheckpointException notPlain(String name, InvalidPathException cause) {
        return new CheckpointException(
                directory,
                Text.quote(name) + " is not a plain file name; files outside the directory are not read",
                cause);
    }

    private boolean isBlob(Path real) {
        Path snapshots = directory.getParent();
        return snapshots != null
                && snapshots.endsWith(SNAPSHOTS)
                && real.getParent().equals(snapshots.resolveSibling(BLOBS));
    }
}
