package org.lilgatsby.cli;

import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** Describes a corpus as an experiment would see it. */
@Command(
        name = "info",
        header = "Counts the bytes, the live and the dead token ids of a text, as an experiment sees it.")
final class CorpusInfoVerb extends Verb {
    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            defaultValue = Corpus.SYNTHETIC,
            description = "A text, or gatsby for the fetched book, or synthetic (default).")
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
            defaultValue = "128",
            description = "Number of token ids, 2 to 1048576 (default: ${DEFAULT-VALUE}, ASCII).")
    private int vocabulary;

    @Option(names = "--drop-unknown", description = "Drop bytes outside the vocabulary instead of refusing the text.")
    private boolean dropUnknown;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        requireWithin("--vocabulary", vocabulary, 2, 1 << 20);
        Corpus corpus = new CorpusLoader(cache()).load(new CorpusConfig(source, preparation, dropUnknown), vocabulary);
        if (json.isSet()) {
            console().print(CorpusDescription.toJson(corpus, JsonNodeFactory.instance.objectNode()));
        } else {
            console().print(CorpusDescription.toText(corpus));
        }
        return ExitCodes.DONE;
    }
}
