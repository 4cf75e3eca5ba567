package org.lilgatsby.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files made byte by byte, without the code under test. */
final class TestFiles {
    private TestFiles() {}

    /** A header, its length in front, and data. */
    static byte[] bytes(String header, int... data) {
        return bytes(header.getBytes(StandardCharsets.UTF_8), data);
    }

    static byte[] bytes(byte[] header, int... data) {
        return bytes(header.length, header, data);
    }

    static byte[] bytes(long length, byte[] header, int... data) {
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(length).put(header);
        for (int b : data) {
            file.put((byte) b);
        }
        return file.array();
    }

    static Path write(Path directory, byte[] bytes) {
        return overwrite(directory.resolve("file.safetensors"), bytes);
    }

    static Path overwrite(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
