package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.corpus.Texts.*;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GutenbergTextTest {
    private static String body(byte[] file) {
        return GutenbergText.body(file, false, "book.txt");
    }

    private static void assertRefused(String expected, String file) {
        assertRefused(expected, utf8(file));
    }

    private static void assertRefused(String expected, byte[] file) {
        String message = assertThrows(CorpusException.class, () -> body(file)).getMessage();
        assertTrue(message.startsWith("book.txt: " + expected), message);
    }

    @Test
    void theBookLiesBetweenTheMarkerLines() {
        assertEquals("One\n\n two", body(utf8(gutenberg("\n\n  One\n\n two \n\n"))));
        assertEquals("x", body(utf8(START + "x" + END)), "without anything around the markers");
        assertEquals("x", body(utf8("***START OF A\nx\n***END OF A")), "the markers of old files");
        assertEquals("*** of stars ***", body(utf8(gutenberg("*** of stars ***"))));
        assertEquals("a *** END OF b", body(utf8(gutenberg("a *** END OF b"))), "a marker begins its line");
    }

    @Test
    void lineBreaksOfEveryKindBecomeLineFeeds() {
        assertEquals("a\nb\n\nc", body(utf8(gutenberg("a\nb\n\nc").replace("\n", "\r\n"))));
        assertEquals("a\nb\n\nc", body(utf8(gutenberg("a\nb\n\nc").replace('\n', '\r'))));
        assertEquals("a\nb\nc\nd", body(utf8(gutenberg("a\r\nb\rc\nd"))));
    }

    @Test
    void aByteOrderMarkIsNoText() {
        byte[] file = utf8("\uFEFF" + START + "x" + END);
        assertTrue(GutenbergText.isMarked(file));
        assertEquals("x", body(file));
        assertEquals("x", body(utf8("\uFEFF" + gutenberg("x"))));
    }

    @Test
    void eitherMarkerMakesItAGutenbergText() {
        assertTrue(GutenbergText.isMarked(utf8(START)));
        assertTrue(GutenbergText.isMarked(utf8(END)));
        assertFalse(GutenbergText.isMarked(utf8("He wrote *** START OF in the margin")));
        assertFalse(GutenbergText.isMarked(utf8("")));
    }

    @Test
    void markersThatDoNotEncloseABookAreRefused() {
        assertRefused("has no line that begins with `*** START OF`", "text");
        assertRefused("has no line that begins with `*** START OF`", "text" + END);
        assertRefused("has no line that begins with `*** END OF`", START + "the transfer broke off he");
        assertRefused("its `*** END OF` marker comes before", END + START + "x");
        assertRefused("there is no text between", START + END);
        assertRefused("there is no text between", gutenberg(" \n\t\r\n "));
        assertRefused("has more than one line that begins with `*** START OF`", gutenberg("x") + gutenberg("y"));
        assertRefused("has more than one line that begins with `*** START OF`", START + gutenberg("x"));
        assertRefused("has more than one line that begins with `*** END OF`", gutenberg("x") + END);
    }

    @Test
    void bytesThatAreNotUtf8AreNamedOrLeftOut() {
        byte[] latin1 = (START + "a caf\u00E9" + END).getBytes(StandardCharsets.ISO_8859_1);
        int offset = START.length() + 5;
        assertRefused("is not UTF-8: byte 0xE9 at offset " + offset + ", line 2;", latin1);
        assertEquals("a caf", GutenbergText.body(latin1, true, "book.txt"));
        byte[] whole = utf8(START + "x" + END + "\u201C");
        byte[] cutOff = Arrays.copyOf(whole, whole.length - 1);
        assertRefused("is not UTF-8: byte 0xE2 at offset " + (whole.length - 3) + ", line 4;", cutOff);
    }

    @Property(tries = 300)
    void anyBytesGiveABookOrTheDocumentedException(@ForAll byte[] noise, @ForAll boolean drop) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(utf8(START));
        file.writeBytes(noise);
        file.writeBytes(utf8(END));
        try {
            String body = GutenbergText.body(file.toByteArray(), drop, "book.txt");
            assertEquals(body.strip(), body);
            assertFalse(body.contains("\r"));
        } catch (CorpusException e) {
            assertTrue(e.getMessage().startsWith("book.txt: "));
        }
    }
}
