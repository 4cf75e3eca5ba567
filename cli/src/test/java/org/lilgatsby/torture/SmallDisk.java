package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file system of a few megabytes in memory; making one needs the right to mount, which containers and CI may lack.
 */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** Makes a disk, if that is permitted here. */
    static Optional<SmallDisk> mount(Path root, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(root);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", root.toString());
        return mounted ? Optional.of(new SmallDisk(root)) : Optional.empty();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program here
        }
    }

    /** The directory where the disk is. */
    Path root() {
        return root;
    }

    /** Fills all but some blocks of the disk with a file, to be deleted later. */
    Path fill(int blocksLeft) throws IOException {
        Path ballast = root.resolve("ballast");
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(root).getUsableSpace() > (long) blocksLeft * BLOCK) {
                channel.write(ByteBuffer.allocate(BLOCK));
            }
        } catch (IOException e) {
            if (Files.getFileStore(root).getUsableSpace() >= BLOCK) {
                throw e;
            }
        }
        return ballast;
    }

    /** Gives every hole of a file its room, as a file system without sparse files does from the start. */
    static boolean allocate(Path file) throws IOException, InterruptedException {
        return run("fallocate", "-l", Long.toString(Files.size(file)), file.toString());
    }

    /** Takes the right to write, or gives it back. */
    void remount(boolean writable) throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount," + (writable ? "rw" : "ro"), root.toString())) {
            throw new IOException("cannot remount " + root);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        List<String> ways = new ArrayList<>(List.of("", "-l"));
        for (String way : ways) {
            if (way.isEmpty() ? run("umount", root.toString()) : run("umount", way, root.toString())) {
                return;
            }
        }
        throw new IOException("cannot unmount " + root);
    }
}
