package org.lilgatsby.tokenfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Small files of token ids. */
final class TokenFiles {
    private TokenFiles() {}

    /** A file that is to be opened by its name. */
    static TokenFile open(Path file) throws IOException {
        return TokenFile.open(file, TokenFile.Reading.BY_NAME);
    }

    static int[] ids(TokenSequence sequence) {
        int[] ids = new int[Math.toIntExact(sequence.length())];
        sequence.copy(0, ids, 0, ids.length);
        return ids;
    }

    static Path write(Path file, TokenFormat format, int vocabulary, int... ids) {
        try (TokenFileWriter writer = TokenFileWriter.create(file, format, vocabulary)) {
            writer.write(ids, 0, ids.length);
            writer.finish();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same ids without a file. */
    static TokenSequence of(int... ids) {
        return new TokenSequence() {
            @Override
            public long length() {
                return ids.length;
            }

            @Override
            public void copy(long position, int[] target, int at, int count) {
                System.arraycopy(ids, Math.toIntExact(position), target, at, count);
            }

            @Override
            public String place(long position) {
                return "ids: id " + position;
            }
        };
    }

    /** A file of zeros, without its room on the disk. */
    static Path sparse(Path file, byte[] start, long bytes) throws IOException {
        Files.write(file, start);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
        return file;
    }
}
