package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.tokenizer.TokenTexts;

/**
 * What a run keeps of its token ids, in its directory from the start: {@code counts.safetensors}, and where a tokenizer
 * names the ids {@code tokenizer.json} and perhaps {@code renumbering.json}.
 *
 * @param texts what ids stand for
 * @param counts occurrences of each id in the corpus, [V]; empty for a run of an earlier version
 */
public record RunVocabulary(TokenTexts texts, Optional<long[]> counts) {
    private static final String COUNTS = "counts";

    /** That of a corpus. */
    public static RunVocabulary of(Corpus corpus) {
        return new RunVocabulary(corpus.texts(), Optional.of(corpus.census().counts()));
    }

    /** Number of ids that occur, but at most {@code most} times; 0 where counts are not known. */
    public int rare(long most) {
        return (int) LongStream.of(counts.orElse(new long[0]))
                .filter(count -> count > 0 && count <= most)
                .count();
    }

    /** Writes a corpus's. */
    public static void write(RunDirectory directory, Corpus corpus) throws IOException {
        long[] counts = corpus.census().counts();
        ByteBuffer bytes = RecordingPlan.little(Math.multiplyExact(counts.length, Long.BYTES));
        bytes.asLongBuffer().put(counts);
        SafetensorsWriter.writeDurably(
                directory.counts(),
                SafetensorsLayout.of(List.of(TensorSpec.of(COUNTS, DType.I64, counts.length)), Map.of()),
                List.of(bytes));
        if (corpus.texts() instanceof TokenTexts.Named named) {
            write(directory.tokenizer(), named.tokenizer().json());
            if (named.renumbering().isPresent()) {
                write(directory.renumbering(), named.renumbering().get().json());
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads that of a run.
     *
     * @param bytes whether ids are bytes
     * @throws IOException if a file is damaged
     */
    public static RunVocabulary read(RunDirectory directory, boolean bytes) throws IOException {
        Optional<long[]> counts = Optional.empty();
        if (Files.exists(directory.counts())) {
            try (SafetensorsFile file = SafetensorsFile.open(directory.counts())) {
                counts = Optional.of(file.tensor(COUNTS).toLongs());
            } catch (IllegalArgumentException e) {
                throw new IOException(directory.counts() + ": does not hold counts: " + e.getMessage(), e);
            }
        }
        return new RunVocabulary(bytes ? new TokenTexts.Bytes() : texts(directory), counts);
    }

    private static TokenTexts texts(RunDirectory directory) throws IOException {
        return Files.exists(directory.tokenizer())
                ? TokenTexts.Named.read(
                        directory.tokenizer(),
                        Optional.of(directory.renumbering()).filter(Files::exists))
                : new TokenTexts.Unnamed();
    }
}
