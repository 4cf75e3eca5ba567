package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** How often each piece occurs in texts, cut as a recipe does: what a tokenizer is trained on. */
public final class WordCounts {
    private static final int CHUNK = 1 << 18;

    private final Recipe recipe;
    private final Map<String, long[]> counts = new LinkedHashMap<>();

    /** No text yet. */
    public WordCounts(Recipe recipe) {
        this.recipe = recipe;
    }

    Recipe recipe() {
        return recipe;
    }

    /**
     * Adds the lines of a text file, each a text of its own with the line break at its end, as Hugging Face's trainers
     * read files.
     *
     * @param progress is told how many bytes have been read
     * @throws TokenizerException with the place of the first byte that is no UTF-8
     */
    public void addLines(Path file, LongConsumer progress) throws IOException {
        addLines(file, CHUNK, progress);
    }

    void addLines(Path file, int chunk, LongConsumer progress) throws IOException {
        try (TextChunks chunks = new TextChunks(file, WordCounts::lastLine, chunk)) {
            while (chunks.next()) {
                char[] text = chunks.text();
                int start = 0;
                for (int i = 0; i < chunks.length(); i++) {
                    if (text[i] == '\n' || i == chunks.length() - 1) {
                        add(text, start, i + 1);
                        start = i + 1;
                    }
                }
                progress.accept(chunks.bytesRead());
            }
        }
    }

    private static int lastLine(char[] text, int from, int to) {
        for (int i = to; i > from; i--) {
            if (text[i - 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Adds one text as a whole. */
    public void add(String text) {
        if (!text.isEmpty()) {
            add(text.toCharArray(), 0, text.length());
        }
    }

    private void add(char[] text, int from, int to) {
        recipe.preTokenizer()
                .split(
                        text,
                        from,
                        to,
                        true,
                        (piece, start, end, _) ->
                                counts.computeIfAbsent(new String(piece, start, end - start), _ -> new long[1])[0]++);
    }

    /** Pieces, and in an array of one how often each occurs. */
    Map<String, long[]> counts() {
        return counts;
    }
}
