package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.lilgatsby.files.Text;

/**
 * How many rows of a recording are complete: a file of ten decimal digits and a newline, rewritten in place after each
 * write of rows. After a crash it tells rows of zeros from rows not yet written.
 */
final class ProgressFile implements AutoCloseable {
    private static final int DIGITS = 10;
    private static final Pattern ROWS = Pattern.compile("[0-9]{10}\n");

    private final FileChannel channel;
    private final ByteBuffer text = ByteBuffer.allocateDirect(DIGITS + 1);

    ProgressFile(Path file) throws IOException {
        channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
    }

    void set(int rows) throws IOException {
        int rest = rows;
        for (int i = DIGITS - 1; i >= 0; i--) {
            text.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        text.put(DIGITS, (byte) '\n');
        text.rewind();
        channel.write(text, 0);
    }

    void force() throws IOException {
        channel.force(true);
    }

    /** Number of complete rows according to the file; 0 if it is missing or was never written. */
    static int read(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return 0;
        }
        if (Files.size(file) != DIGITS + 1) {
            throw new IOException(file + ": holds " + Files.size(file) + " bytes instead of ten digits and a newline");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!ROWS.matcher(text).matches() || Long.parseLong(text.strip()) > Integer.MAX_VALUE) {
            throw new IOException(file + ": " + Text.quote(text) + " is not a number of rows");
        }
        return Integer.parseInt(text.strip());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
