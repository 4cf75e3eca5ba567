package org.lilgatsby.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.tokenfile.TokenCensus;
import org.lilgatsby.tokenfile.TokenFileException;
import org.lilgatsby.tokenfile.TokenSequence;
import org.lilgatsby.tokenizer.TokenizerException;

/**
 * What was computed from texts and files of ids, under names that are hashes of all that decides it. Every file appears
 * under its name when it is complete; several processes may write the same one at the same time. Deleting any of them
 * costs time only.
 *
 * @param directory need not exist
 */
record TokenCache(Path directory) {
    private static final String COUNTS = "counts";
    private static final String HASH = "hash";

    /** A file changed so recently may change again without another time of change. */
    private static final long RECENT_MILLIS = 3000;

    /** Writes a file. */
    @FunctionalInterface
    interface Content {
        void write(Path file) throws IOException;
    }

    /** Reads a file. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /** A hash over texts, in their order. */
    static String key(Object... parts) {
        StringBuilder all = new StringBuilder();
        for (Object part : parts) {
            String text = String.valueOf(part);
            all.append(text.length()).append(':').append(text).append('\n');
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the file of a name, which is written now if there is none, or it is damaged. */
    <T> T read(String name, Content content, Reader<T> reader) throws IOException {
        Path file = file(name, content);
        try {
            return reader.read(file);
        } catch (TokenizerException | TokenFileException e) {
            Files.delete(file);
            return reader.read(file(name, content));
        }
    }

    /** The file of a name, written now if there is none. */
    private Path file(String name, Content content) throws IOException {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        Files.createDirectories(directory);
        Path own = directory.resolve(UUID.randomUUID() + "-" + name);
        try {
            content.write(own);
            Files.move(own, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(own);
        }
        return file;
    }

    /** A text as a file as long as something reads it. */
    Path temporary(byte[] text) throws IOException {
        Files.createDirectories(directory);
        return Files.write(Files.createTempFile(directory, "text-", ".txt"), text);
    }

    /**
     * Whether files that change from now on get another time of change, by the clock of the cache's file system.
     *
     * @param change the last change of all, in milliseconds
     */
    private boolean isPast(long change) {
        try {
            Files.createDirectories(directory);
            Path now = Files.createTempFile(directory, "now-", ".txt");
            try {
                return change + RECENT_MILLIS < Files.getLastModifiedTime(now).toMillis();
            } finally {
                Files.delete(now);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The counts of files that have not changed since they were counted, as their sizes and times tell; counted now if
     * they have, or were not yet. Counts that cannot be kept are not an error.
     *
     * @param how what else decides the ids
     * @param ours whether the files are of this cache, where none ever changes
     */
    TokenCensus census(List<Path> files, boolean ours, String how, TokenSequence ids, FileTokens.Counting counting)
            throws IOException {
        StringBuilder state = new StringBuilder();
        long latest = Long.MIN_VALUE;
        for (Path file : files) {
            FileTime changed = Files.getLastModifiedTime(file);
            state.append(file.toRealPath())
                    .append('\n')
                    .append(Files.size(file))
                    .append('\n')
                    .append(changed.toInstant())
                    .append('\n');
            latest = Math.max(latest, changed.toMillis());
        }
        Path kept = directory.resolve("counts-" + key(state, how) + ".safetensors");
        if (Files.isRegularFile(kept)) {
            try (SafetensorsFile file = SafetensorsFile.open(kept)) {
                TokenCensus census = new TokenCensus(
                        file.tensor(COUNTS).toLongs(), file.metadata().getOrDefault(HASH, ""));
                if (census.length() == ids.length() && census.hash().length() == 64) {
                    return census;
                }
            } catch (IOException | IllegalArgumentException e) {
                Files.delete(kept); // damaged: counted again below
            }
        }
        boolean settled = ours || isPast(latest);
        TokenCensus census = counting.count(ids);
        if (settled) {
            keep(kept, census);
        }
        return census;
    }

    private void keep(Path file, TokenCensus census) {
        ByteBuffer counts =
                ByteBuffer.allocate(census.counts().length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        counts.asLongBuffer().put(census.counts());
        SafetensorsLayout layout = SafetensorsLayout.of(
                List.of(TensorSpec.of(COUNTS, DType.I64, census.counts().length)), Map.of(HASH, census.hash()));
        try {
            file(file.getFileName().toString(), own -> SafetensorsWriter.writeWhole(own, layout, List.of(counts)));
        } catch (IOException e) {
            // Counting again costs time only.
            return;
        }
    }
}
