package org.lilgatsby.tokenfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.settings.SettingException;

/**
 * Writes a file of token ids whose number is not known before its end. The file appears under its name when it is
 * {@linkplain #finish finished}, in place of an earlier one; until then it is {@code NAME.partial}.
 */
public final class TokenFileWriter implements AutoCloseable {
    /** The name of the tensor in a safetensors file. */
    public static final String TENSOR = "tokens";

    private static final int MOST_SHORT_IDS = 1 << Short.SIZE;
    private static final int BUFFER = 1 << 18;

    /** Enough for the largest numbers, and a multiple of 64 together with what stands before it, as NumPy has it. */
    private static final int NPY_HEADER = 128;

    private static final int SAFETENSORS_HEADER = 128;

    private final Path file;
    private final Path partial;
    private final TokenFormat format;
    private final ElementType type;
    private final int vocabulary;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long count;

    private TokenFileWriter(Path file, Path partial, TokenFormat format, int vocabulary, FileChannel channel) {
        this.file = file;
        this.partial = partial;
        this.format = format;
        this.vocabulary = vocabulary;
        this.channel = channel;
        this.type = switch (format) {
            case UINT16, LLMC_UINT16 -> ElementType.U16;
            case LLMC_UINT32 -> ElementType.U32;
            case SAFETENSORS -> ElementType.I32;
            case NPY -> vocabulary <= MOST_SHORT_IDS ? ElementType.U16 : ElementType.I32;
        };
    }

    /**
     * Begins a file.
     *
     * @param vocabulary one more than the largest id
     * @throws SettingException if the format has no room for so many ids
     */
    public static TokenFileWriter create(Path file, TokenFormat format, int vocabulary) throws IOException {
        boolean shortIds = format == TokenFormat.UINT16 || format == TokenFormat.LLMC_UINT16;
        if (shortIds && vocabulary > MOST_SHORT_IDS) {
            throw new SettingException(
                    "format",
                    "format is %s, which has room for %d ids, but there are %d; choose npy, safetensors or llmc-uint32"
                            .formatted(format, MOST_SHORT_IDS, vocabulary));
        }
        Path partial = file.resolveSibling(file.getFileName() + DurableFiles.UNFINISHED_SUFFIX);
        FileChannel channel = FileChannel.open(
                partial,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS);
        TokenFileWriter writer = new TokenFileWriter(file, partial, format, vocabulary, channel);
        channel.position(writer.headerBytes());
        return writer;
    }

    private int headerBytes() {
        return switch (format) {
            case UINT16 -> 0;
            case LLMC_UINT16, LLMC_UINT32 -> LlmcHeader.BYTES;
            case NPY -> NPY_HEADER;
            case SAFETENSORS -> SAFETENSORS_HEADER;
        };
    }

    /**
     * Adds ids.
     *
     * @throws IllegalArgumentException for an id outside the vocabulary
     */
    public void write(int[] ids, int from, int n) throws IOException {
        for (int i = from; i < from + n; i++) {
            if (ids[i] < 0 || ids[i] >= vocabulary) {
                throw new IllegalArgumentException(
                        "id %d is outside the vocabulary of %d ids".formatted(ids[i], vocabulary));
            }
            if (buffer.remaining() < Integer.BYTES) {
                flush();
            }
            if (type == ElementType.U16) {
                buffer.putShort((short) ids[i]);
            } else {
                buffer.putInt(ids[i]);
            }
        }
        count += n;
    }

    private void flush() throws IOException {
        buffer.flip();
        int bytes = buffer.remaining();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw DiskSpace.explain(partial, bytes, e);
        }
        buffer.clear();
    }

    /** Number of ids written. */
    public long count() {
        return count;
    }

    /**
     * Writes the header and gives the file its name; when this returns, it is on the disk.
     *
     * @throws IOException also if the format has no room for so many ids
     */
    public void finish() throws IOException {
        flush();
        if (headerBytes() > 0) {
            ByteBuffer header = header();
            for (long at = 0; header.hasRemaining(); ) {
                at += channel.write(header, at);
            }
        }
        channel.force(true);
        channel.close();
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.forceDirectory(DiskSpace.directoryOf(file));
    }

    private ByteBuffer header() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(headerBytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (format) {
            case UINT16 -> {}
            case LLMC_UINT16, LLMC_UINT32 -> {
                if (count > Integer.MAX_VALUE) {
                    throw new TokenFileException(
                            file,
                            "there are %d ids, but the header of %s can count only %d; write shards, or npy"
                                    .formatted(count, format, Integer.MAX_VALUE));
                }
                LlmcHeader llmc = format == TokenFormat.LLMC_UINT16 ? LlmcHeader.GPT2 : LlmcHeader.LLAMA3;
                header.putInt(llmc.magic()).putInt(llmc.version()).putInt((int) count);
                header.position(0);
            }
            case NPY -> {
                String text =
                        "{'descr': '<%s', 'fortran_order': False, 'shape': (%d,), }".formatted(type.numpyName(), count);
                int dictionary = NPY_HEADER - NpyHeader.MAGIC.length - 4;
                header.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) dictionary);
                header.put(
                        (text + " ".repeat(dictionary - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
                header.flip();
            }
            case SAFETENSORS -> {
                String text = "{\"%s\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                        .formatted(TENSOR, type, count, count * type.bytes());
                int json = SAFETENSORS_HEADER - Long.BYTES;
                header.putLong(json).put((text + " ".repeat(json - text.length())).getBytes(StandardCharsets.US_ASCII));
                header.flip();
            }
        }
        return header;
    }

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            Files.deleteIfExists(partial);
        }
    }
}
