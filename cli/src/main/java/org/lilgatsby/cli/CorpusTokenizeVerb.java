package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenfile.TokenCensus;
import org.lilgatsby.tokenfile.TokenFile;
import org.lilgatsby.tokenfile.TokenFileWriter;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenizer.FileEncoder;
import org.lilgatsby.tokenizer.Renumbering;
import org.lilgatsby.tokenizer.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes texts as token ids. */
@Command(
        name = "tokenize",
        header = "Writes the token ids of texts to a file.",
        description = {
            "",
            "The ids are those of Hugging Face's tokenizers, the files as NumPy, safetensors, nanoGPT or",
            "llm.c read them. Texts are UTF-8 and used as they are; they need not fit in memory."
        })
final class CorpusTokenizeVerb extends Verb {
    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "A text, or several, one after the other.")
    private List<Path> texts;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            required = true,
            description = "A tokenizer.json, or a directory that holds it, or both vocab.json and " + "merges.txt.")
    private Path tokenizerFile;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file to write; its name ends in .npy, .safetensors or .bin.")
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (default: by the name; .bin is uint16).")
    private TokenFormat format;

    @Option(names = "--end-token", paramLabel = "TOKEN", description = "The token to put after each text.")
    private String endToken;

    @Option(
            names = "--renumber",
            paramLabel = "FILE",
            description = "A table of new ids, and of one id for all others.")
    private Path table;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        CorpusTrainTokenizerVerb.requireAbsent(out);
        Tokenizer tokenizer = Tokenizer.find(tokenizerFile);
        Renumbering numbers = table == null ? null : Renumbering.read(table);
        int vocabulary = numbers == null ? tokenizer.size() : numbers.vocabulary();
        int threads = Runtime.getRuntime().availableProcessors();
        FileEncoder encoder = new FileEncoder(tokenizer, threads);
        int[] end = endToken == null ? new int[0] : new int[] {id(tokenizer)};
        try (TokenFileWriter writer = TokenFileWriter.create(out, format(), vocabulary)) {
            FileEncoder.Sink sink = ids -> {
                if (numbers != null) {
                    numbers.apply(ids, 0, ids.length);
                }
                writer.write(ids, 0, ids.length);
            };
            for (Path text : texts) {
                try (Progress progress = console().progress("Tokenizing", "bytes", Files.size(text))) {
                    encoder.encode(text, sink, progress::at);
                }
                sink.accept(end.clone());
            }
            writer.finish();
        }
        TokenFile.Reading reading = new TokenFile.Reading(Optional.of(format()), Optional.empty());
        try (TokenFile written = TokenFile.open(out, reading);
                Progress progress = console().progress("Counting", "ids", written.length())) {
            TokenCensus census = TokenCensus.of(written, vocabulary, threads, progress::at);
            if (json.isSet()) {
                console().print(TokensDescription.toJson(out.toString(), census));
            } else {
                console().print("%s: %s\n".formatted(out, TokensDescription.inOneLine(census)));
            }
        }
        return ExitCodes.DONE;
    }

    private TokenFormat format() {
        if (format != null) {
            return format;
        }
        String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return TokenFormat.NPY;
        }
        if (name.endsWith(".safetensors")) {
            return TokenFormat.SAFETENSORS;
        }
        if (name.endsWith(".bin")) {
            return TokenFormat.UINT16;
        }
        throw new SettingException(
                "--out",
                "--out is %s; end it in .npy, .safetensors or .bin, or name the format with --format".formatted(out));
    }

    private int id(Tokenizer tokenizer) {
        return tokenizer
                .id(endToken)
                .orElseThrow(() -> new SettingException(
                        "--end-token",
                        "--end-token is %s, which is not a token of %s".formatted(endToken, tokenizerFile)));
    }
}
