package org.lilgatsby.tokenizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.files.JsonFile;
import org.lilgatsby.files.Text;

/** Reads the two files of GPT-2's tokenizer: ids by token, and two tokens a line. */
final class VocabularyAndMerges {
    private static final String END_OF_TEXT = "<|endoftext|>";
    private static final long MAX_BYTES = 1 << 28;
    private static final int MAX_LINE = 1 << 17;

    private VocabularyAndMerges() {}

    static Tokenizer read(Path vocabularyFile, Path mergesFile) throws IOException {
        Map<String, Integer> vocabulary = vocabulary(vocabularyFile);
        List<Bpe.Merge> merges = merges(mergesFile);
        List<AddedToken> added = vocabulary.containsKey(END_OF_TEXT)
                ? List.of(AddedToken.special(vocabulary.get(END_OF_TEXT), END_OF_TEXT))
                : List.of();
        Bpe model;
        try {
            model = new Bpe(vocabulary, merges, Bpe.Options.PLAIN);
        } catch (IllegalArgumentException e) {
            throw new TokenizerException(mergesFile, e.getMessage(), e);
        }
        return new Tokenizer(new Tokenizer.Parts(
                added,
                null,
                new PreTokenizer.ByteLevel(false, true, true),
                null,
                new TokenDecoder.ByteLevel(true, true, true),
                model));
    }

    private static Map<String, Integer> vocabulary(Path file) throws IOException {
        return JsonFile.read(file, MAX_BYTES, TokenizerException::new, json -> {
            Map<String, Integer> vocabulary = new LinkedHashMap<>();
            Map<Integer, String> tokens = new LinkedHashMap<>();
            json.object("the vocabulary", token -> {
                int id = json.natural("the id of a token");
                String other = tokens.putIfAbsent(id, token);
                if (other != null) {
                    throw json.fault("tokens %s and %s have the same id, %d"
                            .formatted(Text.quote(other), Text.quote(token), id));
                }
                if (id == Integer.MAX_VALUE || tokens.size() > TokenizerJson.MAX_TOKENS) {
                    throw json.fault("an id above %d, or more than %d tokens"
                            .formatted(Integer.MAX_VALUE - 1, TokenizerJson.MAX_TOKENS));
                }
                vocabulary.put(token, id);
            });
            if (vocabulary.isEmpty()) {
                throw json.fault("the vocabulary is empty");
            }
            return vocabulary;
        });
    }

    private static List<Bpe.Merge> merges(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new TokenizerException(file, "not a regular file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new TokenizerException(
                    file, "the file has %d bytes; at most %d are read".formatted(Files.size(file), MAX_BYTES));
        }
        List<Bpe.Merge> merges = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.startsWith("#version")) {
                    continue;
                }
                int space = line.indexOf(' ');
                if (space < 0 || line.indexOf(' ', space + 1) >= 0 || line.length() > MAX_LINE) {
                    throw new TokenizerException(
                            file,
                            "line %d is not two tokens separated by one space: %s".formatted(number, Text.quote(line)));
                }
                merges.add(new Bpe.Merge(line.substring(0, space), line.substring(space + 1)));
                if (merges.size() > TokenizerJson.MAX_MERGES) {
                    throw new TokenizerException(file, "more than " + TokenizerJson.MAX_MERGES + " merges");
                }
            }
        } catch (CharacterCodingException e) {
            throw new TokenizerException(file, "the file is not UTF-8", e);
        }
        return merges;
    }
}
