package org.lilgatsby.corpus;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.tokenfile.TokenCensus;
import org.lilgatsby.tokenfile.TokenFile;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenfile.TokenSequence;
import org.lilgatsby.tokenfile.TokenShards;
import org.lilgatsby.tokenizer.Renumbering;
import org.lilgatsby.tokenizer.TokenTexts;

/**
 * Ids in files, mapped into memory as long as the process lives. To another process go the paths and the hash, not the
 * ids: it opens the files again and counts them, and refuses files with other ids.
 */
final class FileTokens implements TokenSequence, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient TokenShards files;
    private final transient TokenFile.Reading reading;
    private final transient Optional<Renumbering> renumbering;
    private final transient TokenCensus census;

    private FileTokens(
            TokenShards files, TokenFile.Reading reading, Optional<Renumbering> renumbering, TokenCensus census) {
        this.files = files;
        this.reading = reading;
        this.renumbering = renumbering;
        this.census = census;
    }

    /** Counts a sequence. */
    @FunctionalInterface
    interface Counting {
        TokenCensus count(TokenSequence ids) throws IOException;
    }

    /**
     * Opens files.
     *
     * @throws org.lilgatsby.tokenfile.TokenFileException if one is not a file of token ids
     */
    static FileTokens open(
            List<Path> paths, TokenFile.Reading reading, Optional<Renumbering> renumbering, Counting counting)
            throws IOException {
        TokenShards files = TokenShards.open(paths, reading);
        try {
            TokenCensus census = counting.count(new FileTokens(files, reading, renumbering, null));
            return new FileTokens(files, reading, renumbering, census);
        } catch (IOException | RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    /** How often each id occurs, and the hash of the ids. */
    TokenCensus census() {
        return census;
    }

    /** The files. */
    List<TokenFile> files() {
        return files.files();
    }

    @Override
    public long length() {
        return files.length();
    }

    /** @throws CorpusException for an id that the table has no number for */
    @Override
    public void copy(long position, int[] target, int at, int count) {
        files.copy(position, target, at, count);
        if (renumbering.isPresent()) {
            for (int i = 0; i < count; i++) {
                try {
                    target[at + i] = renumbering.get().of(target[at + i]);
                } catch (IllegalArgumentException e) {
                    throw new CorpusException(place(position + i) + ": " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public String place(long position) {
        return files.place(position);
    }

    private Object writeReplace() {
        return new Stored(
                files.files().stream()
                        .map(file -> file.path().toAbsolutePath().toString())
                        .toList(),
                reading.tensor().orElse(null),
                reading.format().orElse(null),
                renumbering.map(Renumbering::json).orElse(null),
                census.hash());
    }

    /** How it goes to another process. */
    private record Stored(List<String> paths, String tensor, TokenFormat format, String renumbering, String hash)
            implements Serializable {
        private Object readResolve() throws ObjectStreamException {
            try {
                FileTokens here = open(
                        paths.stream().map(Path::of).toList(),
                        new TokenFile.Reading(Optional.ofNullable(format), Optional.ofNullable(tensor)),
                        TokenTexts.renumbering(Optional.ofNullable(renumbering)),
                        ids -> TokenCensus.of(
                                        ids,
                                        TokenCensus.MOST_IDS,
                                        Runtime.getRuntime().availableProcessors(),
                                        _ -> {})
                                .trimmed());
                if (!here.census.hash().equals(hash)) {
                    throw new IOException(
                            "%s: its ids have the hash %s here, not %s; every machine must see the same files"
                                    .formatted(paths.getFirst(), here.census.hash(), hash));
                }
                return here;
            } catch (IOException e) {
                InvalidObjectException failure = new InvalidObjectException(e.getMessage());
                failure.initCause(e);
                throw failure;
            }
        }
    }
}
