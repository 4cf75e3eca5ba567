package org.lilgatsby.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.lilgatsby.corpus.CorpusException;
import org.lilgatsby.corpus.CorpusFetch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Downloads the book that the experiments use. */
@Command(
        name = "fetch",
        header = "Downloads the book of the experiments from Project Gutenberg into the cache.",
        description = {
            "",
            "The only command that uses the network, apart from sweep --on, which connects to a cluster.",
            "An interrupted download is continued; a book in the cache is not downloaded again. Then",
            "--corpus gatsby trains on it."
        })
final class CorpusFetchVerb extends Verb {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--from",
            paramLabel = "URL",
            description = "Another address of the same plain text, such as a mirror's.")
    private URI address = CorpusFetch.GUTENBERG;

    @Override
    public Integer call() throws IOException {
        Path book;
        try {
            book = new CorpusFetch(address, cache(), PATIENCE).fetch();
        } catch (CorpusException e) {
            throw new IOException(e.getMessage(), e); // the use was right: the network or the server failed
        }
        console().print(book + "\n");
        return ExitCodes.DONE;
    }
}
