package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** A text file in parts that end where the text may be cut; it need not fit in memory where it has such places. */
final class TextChunks implements AutoCloseable {
    private static final int LONGEST_CHUNK = 1 << 29;
    private static final int BYTES = 1 << 16;

    private final Path file;
    private final TextCut cut;
    private final int chunk;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).limit(0);
    private long bytesRead;
    private boolean ended;
    private char[] text;
    private int taken; // end of the present part
    private int length;
    private boolean first = true;

    /** @param chunk characters of a part; more only where there is no place to cut in so many */
    TextChunks(Path file, TextCut cut, int chunk) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new TokenizerException(file, "not a regular file; name a text file");
        }
        this.file = file;
        this.cut = cut;
        this.chunk = chunk;
        this.text = new char[chunk];
        this.in = Files.newInputStream(file);
    }

    /**
     * Moves to the next part, {@code text()[0, length())}.
     *
     * @return whether there is one; it is not empty
     * @throws TokenizerException with the place of the first byte that is no UTF-8
     */
    boolean next() throws IOException {
        first = bytesRead == 0;
        length -= taken;
        System.arraycopy(text, taken, text, 0, length);
        taken = 0;
        int wanted = chunk;
        while (true) {
            fill(wanted);
            taken = ended ? length : cut.last(text, 0, length);
            if (taken > 0) {
                return true;
            }
            if (ended) {
                return false;
            }
            if (length >= LONGEST_CHUNK) {
                throw new TokenizerException(
                        file,
                        "no place to split the text within %d characters, and more do not fit in memory; split the file"
                                .formatted(LONGEST_CHUNK));
            }
            wanted = Math.min(2 * Math.max(wanted, length), LONGEST_CHUNK);
        }
    }

    private void fill(int wanted) throws IOException {
        if (text.length < wanted) {
            text = Arrays.copyOf(text, wanted);
        }
        CharBuffer target = CharBuffer.wrap(text, length, Math.max(0, wanted - length));
        while (!ended) {
            CoderResult result = decoder.decode(bytes, target, false);
            if (result.isError()) {
                throw invalid(bytesRead - bytes.remaining());
            }
            if (result.isOverflow()) {
                break;
            }
            bytes.compact();
            int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
            bytes.position(bytes.position() + Math.max(n, 0)).flip();
            bytesRead += Math.max(n, 0);
            if (n < 0) {
                ended = true;
                if (bytes.hasRemaining()) {
                    throw invalid(bytesRead - bytes.remaining());
                }
            }
        }
        length = target.position();
    }

    private TokenizerException invalid(long offset) throws IOException {
        long line = 1;
        int found = -1;
        try (InputStream again = Files.newInputStream(file)) {
            byte[] buffer = new byte[BYTES];
            long at = 0;
            for (int n = again.read(buffer); n >= 0 && found < 0; n = again.read(buffer)) {
                for (int i = 0; i < n; i++, at++) {
                    if (at == offset) {
                        found = buffer[i] & 0xFF;
                        break;
                    }
                    line += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return new TokenizerException(
                file,
                "byte 0x%02X at offset %d, line %d is not UTF-8; convert the file to UTF-8"
                        .formatted(found, offset, line));
    }

    char[] text() {
        return text;
    }

    int length() {
        return taken;
    }

    /** Whether the text begins with this part. */
    boolean isFirst() {
        return first;
    }

    /** Bytes of the file that have been read. */
    long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
