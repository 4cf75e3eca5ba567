package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenizer.BpeTrainer;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.Tokenizer;
import org.lilgatsby.tokenizer.TrainingOptions;
import org.lilgatsby.tokenizer.WordCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** Trains byte pair encoding. */
@Command(
        name = "train-tokenizer",
        header = "Trains a tokenizer on texts and writes its tokenizer.json.",
        description = {
            "",
            "Byte pair encoding with the merges of Hugging Face's trainers, whose libraries load the file.",
            "Texts are UTF-8 and used as they are, line by line; `corpus prepare` removes the licence from",
            "a raw Project Gutenberg text."
        })
final class CorpusTrainTokenizerVerb extends Verb {
    private static final String END_OF_TEXT = "<|endoftext|>";

    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "A text, or several.")
    private List<Path> texts;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path out;

    @Option(
            names = "--vocabulary",
            paramLabel = "IDS",
            required = true,
            description = "Number of token ids; fewer if no pair occurs often enough.")
    private int vocabulary;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "byte-level",
            description = "Pieces and characters: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Recipe recipe;

    @Option(
            names = "--min-frequency",
            paramLabel = "N",
            defaultValue = "2",
            description = "Occurrences that a pair needs to be merged (default: ${DEFAULT-VALUE}).")
    private long minFrequency;

    @Option(
            names = "--special-token",
            paramLabel = "TOKEN",
            description = "A special token; repeatable (default: " + END_OF_TEXT + ").")
    private List<String> special = List.of(END_OF_TEXT);

    @Option(
            names = "--limit-alphabet",
            paramLabel = "N",
            description = "Keep only the N most frequent characters (default: all).")
    private Integer alphabetLimit;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        requireAbsent(out);
        TrainingOptions options = new TrainingOptions(
                vocabulary,
                minFrequency,
                special,
                "",
                alphabetLimit == null ? OptionalInt.empty() : OptionalInt.of(alphabetLimit),
                OptionalInt.empty());
        WordCounts counts = new WordCounts(recipe);
        for (Path text : texts) {
            try (Progress progress = console().progress("Reading", "bytes", Files.size(text))) {
                counts.addLines(text, progress::at);
            }
        }
        Tokenizer tokenizer;
        try (Progress progress = console().progress("Training", "ids", vocabulary)) {
            tokenizer = BpeTrainer.train(counts, options, progress::at);
        }
        DurableFiles.write(out, tokenizer.json().getBytes(StandardCharsets.UTF_8));
        if (json.isSet()) {
            console()
                    .print(JsonNodeFactory.instance
                            .objectNode()
                            .put("file", out.toString())
                            .put("vocabulary", tokenizer.size()));
        } else {
            console().print("%s: a tokenizer of %d ids\n".formatted(out, tokenizer.size()));
        }
        return ExitCodes.DONE;
    }

    /** @throws SettingException if the file exists */
    static void requireAbsent(Path file) {
        if (Files.exists(file)) {
            throw new SettingException(
                    "--out", file + " already exists and is not overwritten; name another file with --out");
        }
    }
}
