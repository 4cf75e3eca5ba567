package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.lilgatsby.files.DurableFiles;

/** Directories with all their contents. */
final class Trees {
    private Trees() {}

    /**
     * Renames a directory in one step, on the disk when this returns.
     *
     * @return false if the name is taken
     * @throws IOException if it cannot be renamed for another reason
     */
    static boolean move(Path directory, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(target) && Files.exists(directory)) {
                return false;
            }
            throw e;
        }
        DurableFiles.forceDirectory(target.getParent());
        return true;
    }

    /** Deletes a directory, or what another worker deleting it has left; does nothing if it does not exist. */
    static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
