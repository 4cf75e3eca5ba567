package org.lilgatsby.corpus;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Fetches the book from Project Gutenberg into the cache. A partial download stays in {@code gatsby.txt.part} for the
 * next attempt; {@code gatsby.txt} appears in one step, when its size and its markers are right.
 */
public final class CorpusFetch {
    /** The book's address at Project Gutenberg. */
    public static final URI GUTENBERG = URI.create("https://www.gutenberg.org/cache/epub/64317/pg64317.txt");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI address;
    private final Path book;
    private final Duration patience;

    /** Fetches from {@link #GUTENBERG}. */
    public CorpusFetch(CorpusCache cache) {
        this(GUTENBERG, cache, PATIENCE);
    }

    /**
     * @param address an http or https address of a Project Gutenberg plain text
     * @param patience how long to wait for the server whenever it is silent
     * @throws IllegalArgumentException for another kind of address
     */
    public CorpusFetch(URI address, CorpusCache cache, Duration patience) {
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException(
                    "an address to fetch from must begin with http: or https:, not " + address);
        }
        this.address = address;
        this.book = cache.gatsby();
        this.patience = patience;
    }

    /**
     * The book's file, downloaded if it is missing.
     *
     * @throws CorpusException if the server cannot be reached, stops half-way or sends something else, another process
     *     is fetching, or the cache cannot be written
     */
    public Path fetch() {
        if (Files.exists(book)) {
            return book;
        }
        try {
            Files.createDirectories(book.getParent());
            try (FileChannel lock =
                    FileChannel.open(sibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(lock);
                PartialDownload part = new PartialDownload(address, sibling(".part"), patience);
                part.complete();
                check(part);
                Files.move(part.file(), book, StandardCopyOption.ATOMIC_MOVE);
                part.delete();
            }
            return book;
        } catch (IOException e) {
            throw new CorpusException(
                    "the cache " + book.getParent() + " cannot be written (" + e
                            + "); free some space there, or set XDG_CACHE_HOME",
                    e);
        }
    }

    private Path sibling(String suffix) {
        return book.resolveSibling(book.getFileName() + suffix);
    }

    /** Until the channel is closed. */
    private void lock(FileChannel file) throws IOException {
        boolean locked;
        try {
            locked = file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false; // another thread of this process holds it: the same to the user
        }
        if (!locked) {
            throw new CorpusException(
                    sibling(".part") + ": the book is already being fetched; wait until the other download ends");
        }
    }

    private void check(PartialDownload part) throws IOException {
        try {
            GutenbergText.body(Files.readAllBytes(part.file()), false, address.toString());
        } catch (CorpusException e) {
            part.delete();
            throw e;
        }
    }
}
