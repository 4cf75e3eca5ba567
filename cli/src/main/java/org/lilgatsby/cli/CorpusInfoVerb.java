package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.corpus.TokenSource;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenfile.TokenCensus;
import org.lilgatsby.tokenfile.TokenFile;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenfile.TokenShards;
import org.lilgatsby.tokenizer.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** Describes a corpus as an experiment would see it. */
@Command(
        name = "info",
        header = "Counts the bytes, the live and the dead token ids of a text, as an experiment sees it.",
        description = {
            "",
            "With --token-ids, or an option for them, it counts the ids of files that hold ids already",
            "(.npy, .safetensors, .bin; docs/corpora.md describes them)."
        })
final class CorpusInfoVerb extends Verb {
    private static final int ASCII = 128;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            defaultValue = Corpus.SYNTHETIC,
            description =
                    "A text, or gatsby for the fetched book, or synthetic (default); of token ids a file, a directory "
                            + "or a pattern such as 'train_*.bin'.")
    private String source;

    @Option(
            names = "--preparation",
            paramLabel = "NAME",
            defaultValue = "training_corpus",
            description = "How a raw Project Gutenberg text is prepared: ${COMPLETION-CANDIDATES} (default: "
                    + "${DEFAULT-VALUE}).")
    private Preparation preparation;

    @Option(
            names = "--vocabulary",
            paramLabel = "IDS",
            description = "Number of token ids, 2 to 1048576 (default: 128, ASCII; of token ids the tokenizer's, or "
                    + "one more than the largest).")
    private Integer vocabulary;

    @Option(names = "--drop-unknown", description = "Drop bytes outside the vocabulary instead of refusing the text.")
    private boolean dropUnknown;

    @Option(names = "--token-ids", description = "TEXT holds token ids.")
    private boolean tokenIds;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "Of token ids: the tokenizer that names them, as for corpus tokenize.")
    private Path tokenizerFile;

    @Option(
            names = "--tensor",
            paramLabel = "NAME",
            description = "Of token ids: the tensor of a safetensors file (default: the only one of whole numbers).")
    private String tensor;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Of token ids: ${COMPLETION-CANDIDATES} (default: by the name and the first bytes).")
    private TokenFormat format;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Settings of a run, such as corpus.tokenizer=FILE, corpus.dead=900-1023, "
                    + "corpus.end_token=TOKEN or corpus.rare=5: the ids as an experiment would see them.")
    private List<String> settings = List.of();

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (vocabulary != null) {
            requireWithin("--vocabulary", vocabulary, 2, TokenCensus.MOST_IDS);
        }
        return !settings.isEmpty() ? describeSettings() : namesTokenIds() ? describeTokenIds() : describeText();
    }

    private boolean namesTokenIds() {
        return tokenIds || format != null || tokenizerFile != null || tensor != null;
    }

    private int describeTokenIds() throws IOException {
        Tokenizer tokenizer = tokenizerFile == null ? null : Tokenizer.find(tokenizerFile);
        TokenFile.Reading reading = new TokenFile.Reading(Optional.ofNullable(format), Optional.ofNullable(tensor));
        boolean given = vocabulary != null || tokenizer != null;
        int ids = vocabulary != null ? vocabulary : tokenizer != null ? tokenizer.size() : TokenCensus.MOST_IDS;
        try (TokenShards files = TokenShards.open(TokenShards.find(source), reading);
                Progress progress = console().progress("Counting", "ids", files.length())) {
            TokenCensus all = TokenCensus.of(files, ids, Runtime.getRuntime().availableProcessors(), progress::at);
            TokenCensus census = given ? all : all.trimmed();
            if (json.isSet()) {
                console().print(TokensDescription.toJson(source, census));
            } else {
                console().print(TokensDescription.toText(files, census, id -> name(tokenizer, id)));
            }
        }
        return ExitCodes.DONE;
    }

    private static String name(Tokenizer tokenizer, int id) {
        return tokenizer == null
                ? Integer.toString(id)
                : tokenizer.display(id).map(token -> "'" + token + "'").orElse(Integer.toString(id));
    }

    private int describeSettings() {
        if (namesTokenIds()) {
            throw new SettingException(
                    "--set",
                    "--set describes the ids of a configuration; leave out --token-ids, --tokenizer, --tensor and"
                            + " --format, and set corpus.tokens and the like");
        }
        String options =
                "name: corpus\ncorpus: {preparation: %s, drop_unknown: %b}".formatted(preparation, dropUnknown);
        CorpusConfig given =
                ConfigYaml.parse(options, "the options", settings).corpus().withPaths(TextPath::file);
        boolean isText = !(given.tokens() instanceof TokenSource.Files);
        CorpusConfig config = isText ? given.withSource(TextPath.absolute(source)) : given;
        describe(loader().load(config, vocabulary == null ? vocabulary(config) : vocabulary), config);
        return ExitCodes.DONE;
    }

    /** Of the tokenizer or its table, or one more than the largest id that occurs. */
    private int vocabulary(CorpusConfig config) {
        if (config.isBytes()) {
            return ASCII;
        }
        Corpus corpus = loader().load(config, TokenCensus.MOST_IDS);
        int[] occurring = corpus.census().live();
        return corpus.texts().size().orElse(occurring[occurring.length - 1] + 1);
    }

    private void describe(Corpus corpus, CorpusConfig config) {
        CorpusDescription description =
                new CorpusDescription(corpus, config.dead().rare());
        if (json.isSet()) {
            console().print(description.toJson(JsonNodeFactory.instance.objectNode()));
        } else {
            console().print(description.toText());
        }
    }

    private int describeText() {
        CorpusConfig config = new CorpusConfig(source, preparation, dropUnknown);
        describe(loader().load(config, vocabulary == null ? ASCII : vocabulary), config);
        return ExitCodes.DONE;
    }
}
