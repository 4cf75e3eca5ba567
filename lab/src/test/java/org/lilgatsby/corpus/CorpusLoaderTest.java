package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.corpus.Texts.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusLoaderTest {
    @TempDir
    Path dir;

    private Corpus load(String source, Preparation preparation) {
        return new CorpusLoader(new CorpusCache(dir.resolve("cache")))
                .load(new CorpusConfig(source, preparation, false), 128);
    }

    private String file(String name, byte[] content) throws IOException {
        Files.createDirectories(dir.resolve(name).getParent());
        return Files.write(dir.resolve(name), content).toString();
    }

    private void assertRefused(String source, Preparation preparation, String reason) {
        String message = assertThrows(CorpusException.class, () -> load(source, preparation))
                .getMessage();
        assertTrue(message.contains(reason) && message.contains(";"), message);
    }

    private void assertRefused(String source, String reason) {
        assertRefused(source, Preparation.TRAINING_CORPUS, reason);
    }

    @Test
    void aGutenbergTextGetsTheConfiguredPreparation() throws IOException {
        String raw = gutenberg("\u201COne\u201D\ntwo\n\nthree").replace("\n", "\r\n");
        String book = file("book.txt", utf8(raw));
        Corpus training = load(book, Preparation.TRAINING_CORPUS);
        assertEquals("One\ntwo\n\nthree", ascii(training.bytes()));
        assertEquals("training_corpus", training.name());
        assertEquals(book, training.source());
        Corpus clean = load(book, Preparation.GATSBY_CLEAN);
        assertEquals("\"One\" two\nthree", ascii(clean.bytes()));
        assertEquals("gatsby_clean", clean.name());
        int quote = utf8(raw.substring(0, raw.indexOf('\u201C'))).length;
        assertRefused(book, Preparation.NONE, "byte 0xE2 at offset " + quote + ", line 4");
    }

    @Test
    void anyOtherFileIsUsedAsItIs() throws IOException {
        byte[] text = utf8("  a\r\n\tb\0 *** START OF nothing\u007F\n\n ");
        Corpus corpus = load(file("plain.txt", text), Preparation.GATSBY_CLEAN);
        assertArrayEquals(text, corpus.bytes());
        assertEquals("plain.txt", corpus.name());
    }

    @Test
    void theFetchedBookHasAName() throws IOException {
        assertRefused("gatsby", "run `corpus fetch`");
        file("cache/gatsby.txt", utf8(gutenberg("Old")));
        assertEquals("Old", ascii(load("gatsby", Preparation.TRAINING_CORPUS).bytes()));
    }

    @Test
    void theSyntheticCorpusHasAName() {
        assertEquals(
                load(null, Preparation.NONE).sha256(),
                load("synthetic", Preparation.NONE).sha256());
    }

    @Test
    void whatIsNoTextFileIsRefusedWithAReason() throws IOException {
        assertRefused(dir.resolve("absent.txt").toString(), "no such file");
        assertRefused(dir.toString(), "is a directory");
        assertRefused(file("empty.txt", new byte[0]), "is empty");
        assertRefused(file("text.txt", utf8("x")) + "/inside", "no such file");
        Path loop = dir.resolve("loop");
        assertRefused(Files.createSymbolicLink(loop, loop).toString(), "cannot be read");
        assertRefused("a\0b", "corpus.source is not a valid path");
        assertRefused(file("cut.txt", utf8(START + "broke off")), "`*** END OF`");
    }

    @Test
    void theCacheFollowsTheXdgSpecification() {
        Path home = Path.of("/home/ada");
        assertEquals(
                Path.of("/c/lilgatsby"),
                CorpusCache.of(Map.of("XDG_CACHE_HOME", "/c"), home).directory());
        Path standard = home.resolve(".cache/lilgatsby");
        assertEquals(standard, CorpusCache.of(Map.of(), home).directory());
        assertEquals(
                standard, CorpusCache.of(Map.of("XDG_CACHE_HOME", ""), home).directory());
        assertEquals(
                standard,
                CorpusCache.of(Map.of("XDG_CACHE_HOME", "relative"), home).directory());
    }
}
