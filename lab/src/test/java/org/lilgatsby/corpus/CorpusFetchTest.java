package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.corpus.Texts.*;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFetchTest {
    /** Longer than a test takes on any machine. */
    private static final Duration LONG = Duration.ofMinutes(30);

    private static final byte[] BOOK = utf8(gutenberg("All is quiet.\n".repeat(5000)));

    @TempDir
    Path dir;

    private BookServer server;

    @BeforeEach
    void start() throws IOException {
        server = new BookServer(BOOK);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CorpusCache cache() {
        return new CorpusCache(dir.resolve("cache"));
    }

    private CorpusFetch fetcher(Duration patience) {
        return new CorpusFetch(server.address(), cache(), patience);
    }

    private Path cached(String name) {
        return cache().directory().resolve(name);
    }

    private void assertFetched(byte[] expected) throws IOException {
        assertEquals(cached("gatsby.txt"), fetcher(LONG).fetch());
        assertArrayEquals(expected, Files.readAllBytes(cached("gatsby.txt")));
        assertFalse(Files.exists(cached("gatsby.txt.part")));
        assertFalse(Files.exists(cached("gatsby.txt.part.version")));
    }

    private String refusal(Duration patience) {
        CorpusFetch fetcher = fetcher(patience);
        String message = assertThrows(CorpusException.class, fetcher::fetch).getMessage();
        assertFalse(Files.exists(cached("gatsby.txt")), "nothing unchecked under the book's name");
        return message;
    }

    private String refusal() {
        return refusal(LONG);
    }

    private void breakOffAt(int bytes) throws IOException {
        server.stopAt = bytes;
        String message = refusal();
        assertTrue(message.startsWith(server.address() + ": the transfer stopped after " + bytes), message);
        assertTrue(message.endsWith("fetch again to continue"), message);
        assertEquals(bytes, Files.size(cached("gatsby.txt.part")));
        server.stopAt = Integer.MAX_VALUE;
    }

    @Test
    void theBookArrivesOnceAndStays() throws IOException {
        assertFetched(BOOK);
        assertFetched(BOOK);
        assertEquals(List.of("none"), server.ranges);
        Corpus corpus =
                new CorpusLoader(cache()).load(new CorpusConfig("gatsby", Preparation.TRAINING_CORPUS, false), 128);
        assertEquals("All is quiet.\n".repeat(5000).strip(), ascii(corpus.bytes()));
    }

    @Test
    void aBrokenTransferGoesOnWhereItStopped() throws IOException {
        breakOffAt(20_000);
        breakOffAt(50_000);
        assertFetched(BOOK);
        assertEquals(List.of("none", "bytes=20000-", "bytes=50000-"), server.ranges);
    }

    @Test
    void aServerWithoutRangesSendsEverythingAnew() throws IOException {
        breakOffAt(20_000);
        server.knowsRanges = false;
        assertFetched(BOOK);
        assertEquals(List.of("none", "bytes=20000-"), server.ranges);
    }

    @Test
    void twoVersionsAreNeverJoined() throws IOException {
        breakOffAt(20_000);
        server.content = utf8(gutenberg("Another text.\n".repeat(5000)));
        server.etag = "\"2\"";
        assertFetched(server.content);
    }

    @Test
    void withoutAStrongVersionNoRestIsAskedFor() throws IOException {
        server.etag = "W/\"1\"";
        breakOffAt(20_000);
        server.etag = null;
        breakOffAt(30_000);
        assertFetched(BOOK);
        assertEquals(List.of("none", "none", "none"), server.ranges);
    }

    @Test
    void aPartWithoutARestIsFetchedAnew() throws IOException {
        breakOffAt(20_000);
        Files.write(cached("gatsby.txt.part"), new byte[BOOK.length]);
        assertFetched(BOOK);
        assertEquals(List.of("none", "bytes=" + BOOK.length + "-", "none"), server.ranges);
    }

    @Test
    void whatIsNoBookIsNotKept() {
        server.content = utf8("<html>Please log in to this network</html>");
        String message = refusal();
        assertTrue(message.startsWith(server.address() + ": has no line that begins with `*** START OF`"), message);
        assertFalse(Files.exists(cached("gatsby.txt.part")));
        server.content = Arrays.copyOf(BOOK, BOOK.length / 2);
        assertTrue(refusal().contains("`*** END OF`"));
    }

    @Test
    void anErrorStatusKeepsWhatHasArrived() throws IOException {
        breakOffAt(20_000);
        server.knowsRanges = false;
        server.status = 404;
        String message = refusal();
        assertTrue(message.startsWith(server.address() + " answered with status 404; try again later"), message);
        assertEquals(20_000, Files.size(cached("gatsby.txt.part")));
        server.status = 200;
        server.knowsRanges = true;
        assertFetched(BOOK);
    }

    @Test
    void aSilentServerIsGivenUp() {
        server.stopAt = 1000;
        server.silent = true;
        Duration patience = Duration.ofMillis(300);
        String message = refusal(patience);
        while (!message.contains("stopped after 1000 bytes") && patience.compareTo(LONG) < 0) {
            patience = patience.multipliedBy(4); // the server was not silent yet, but slow
            message = refusal(patience);
        }
        assertTrue(message.startsWith(server.address() + ": the transfer stopped after 1000 bytes"), message);
    }

    @Test
    void anUnreachableServerIsNamedWithAWayOut() {
        server.close();
        String message = refusal();
        assertTrue(message.startsWith("cannot reach " + server.address()), message);
        assertTrue(message.contains("offline") && message.contains("synthetic"), message);
    }

    @Test
    void twoFetchesAtOnceAreRefused() throws IOException {
        Files.createDirectories(cache().directory());
        try (FileChannel other =
                FileChannel.open(cached("gatsby.txt.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            assertTrue(refusal().contains("is already being fetched"));
        }
        assertFetched(BOOK);
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(cache().directory(), "a file, no folder");
        String message = refusal();
        assertTrue(message.startsWith("the cache " + cache().directory() + " cannot be written"), message);
    }

    @Test
    void onlyHttpAddressesAreFetched() {
        URI file = URI.create("file:///etc/hostname");
        assertThrows(IllegalArgumentException.class, () -> new CorpusFetch(file, cache(), Duration.ofSeconds(1)));
    }
}
