package org.lilgatsby.corpus;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.lilgatsby.corpus.TokenSource.Bytes;
import org.lilgatsby.corpus.TokenSource.Encoded;
import org.lilgatsby.corpus.TokenSource.TokenizerChoice;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;

/**
 * What to train on.
 *
 * @param source a text, one of the names of {@link CorpusLoader}, or, for a tokenizer, a directory or pattern of texts;
 *     null for the built-in synthetic corpus, and where files hold token ids
 * @param preparation how a raw Project Gutenberg text is prepared (any other file is used unchanged)
 * @param dropUnknown whether bytes outside the vocabulary are dropped; otherwise they are errors
 * @param tokens how it becomes token ids
 * @param windows which windows of it a run trains on, in which order
 * @param dead which ids are dead
 */
public record CorpusConfig(
        @Setting(optional = true) String source,
        Preparation preparation,
        boolean dropUnknown,
        @Setting(inline = true) TokenSource tokens,
        @Setting(inline = true) WindowConfig windows,
        @Setting(inline = true) DeadConfig dead) {
    /** @throws SettingException if a part is missing, blank, or cannot be combined with another */
    public CorpusConfig {
        require(
                source == null || !source.isBlank(),
                "corpus.source",
                "corpus.source is blank; name a file, or null for the synthetic corpus");
        requirePresent("corpus.preparation", preparation);
        require(
                tokens instanceof Bytes || !dropUnknown,
                "corpus.drop_unknown",
                "corpus.drop_unknown is for bytes, but the corpus has a tokenizer or files of token ids; leave it"
                        + " out, and use corpus.renumber to merge ids");
        require(
                !(tokens instanceof TokenSource.Files) || source == null,
                "corpus.source",
                "corpus.source names a text, but corpus.tokens names files of token ids; leave one of them out");
    }

    /** Bytes of a text as ids, a window from every position. */
    public CorpusConfig(String source, Preparation preparation, boolean dropUnknown) {
        this(source, preparation, dropUnknown, new Bytes(), WindowConfig.USUAL, DeadConfig.ABSENT);
    }

    /** Whether each byte of the text is an id. */
    public boolean isBytes() {
        return tokens instanceof Bytes;
    }

    /**
     * How many ids a tokenizer that is trained on the text is to have; empty without one, or with a table of new ids.
     */
    public OptionalInt wantedIds() {
        return tokens instanceof Encoded encoded
                        && encoded.renumber() == null
                        && encoded.tokenizer() instanceof TokenizerChoice.Trained trained
                ? OptionalInt.of(trained.options().vocabulary())
                : OptionalInt.empty();
    }

    /** Where the text is, or the token ids; null for the synthetic text. */
    public String where() {
        return tokens instanceof TokenSource.Files given ? String.join(", ", given.files()) : source;
    }

    /** The same with another text, or with other files of token ids. */
    public CorpusConfig withSource(String other) {
        return tokens instanceof TokenSource.Files given && other != null
                ? new CorpusConfig(
                        null,
                        preparation,
                        dropUnknown,
                        new TokenSource.Files(
                                List.of(other), given.tensor(), given.format(), given.tokenizer(), given.renumber()),
                        windows,
                        dead)
                : new CorpusConfig(other, preparation, dropUnknown, tokens, windows, dead);
    }

    /** The same corpus with the usual windows, on which no id of it depends. */
    CorpusConfig text() {
        return new CorpusConfig(source, preparation, dropUnknown, tokens, WindowConfig.USUAL, dead);
    }

    /** The same with every path made absolute, but for that of the text, which may be a name. */
    public CorpusConfig withPaths(UnaryOperator<String> absolute) {
        TokenSource placed = switch (tokens) {
            case Bytes bytes -> bytes;
            case Encoded(TokenizerChoice choice, String end, String renumber) ->
                new Encoded(
                        switch (choice) {
                            case TokenizerChoice.Named(String path) -> new TokenizerChoice.Named(absolute.apply(path));
                            case TokenizerChoice.Trained trained -> trained;
                        },
                        end,
                        renumber == null ? null : absolute.apply(renumber));
            case TokenSource.Files files ->
                new TokenSource.Files(
                        files.files().stream().map(absolute).toList(),
                        files.tensor(),
                        files.format(),
                        files.tokenizer() == null ? null : absolute.apply(files.tokenizer()),
                        files.renumber() == null ? null : absolute.apply(files.renumber()));
        };
        DeadConfig ids = dead.file().isPresent()
                ? new DeadConfig(absolute.apply(dead.file().get()), dead.rare())
                : dead;
        return new CorpusConfig(source, preparation, dropUnknown, placed, windows, ids);
    }
}
