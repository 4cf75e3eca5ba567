package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusException;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes the two corpora of the experiments. */
@Command(
        name = "prepare",
        header = "Makes training_corpus.txt and gatsby_clean.txt from a raw Project Gutenberg text.",
        description = {
            "",
            "Only for looking at them: an experiment that is given a raw text prepares it",
            "itself. Existing files are not overwritten."
        })
final class CorpusPrepareVerb extends Verb {
    private static final int ASCII = 128;

    @Parameters(paramLabel = "TEXT", description = "A raw text, or gatsby for the fetched book, or synthetic.")
    private String source;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where to write (default: here).")
    private Path folder;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        Map<Path, Corpus> corpora = new LinkedHashMap<>();
        for (Preparation preparation : List.of(Preparation.TRAINING_CORPUS, Preparation.GATSBY_CLEAN)) {
            Path file = folder.resolve(preparation + ".txt");
            if (Files.exists(file)) {
                throw new SettingException(
                        "--out", file + " already exists and is not overwritten; name another directory with --out");
            }
            corpora.put(file, prepare(preparation));
        }
        Files.createDirectories(folder);
        for (Map.Entry<Path, Corpus> each : corpora.entrySet()) {
            write(each.getKey(), each.getValue().bytes());
        }
        report(corpora);
        return ExitCodes.DONE;
    }

    private Corpus prepare(Preparation preparation) {
        Corpus corpus = loader().load(new CorpusConfig(source, preparation, false), ASCII);
        if (!corpus.isSynthetic() && !corpus.name().equals(preparation.toString())) {
            throw new CorpusException(source
                    + ": has no `*** START OF` marker, so it is not a raw Project Gutenberg text; train "
                    + "on it as it is");
        }
        return corpus;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void report(Map<Path, Corpus> corpora) {
        if (json.isSet()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            corpora.forEach((file, corpus) ->
                    new CorpusDescription(corpus, 0).toJson(list.addObject().put("file", file.toString())));
            console().print(list);
        } else {
            corpora.forEach((file, corpus) ->
                    console().print("%s: %s\n".formatted(file, new CorpusDescription(corpus, 0).inOneLine())));
        }
    }
}
