package org.lilgatsby.corpus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plain text files of Project Gutenberg: UTF-8, with or without a byte order mark, the book between one line that
 * begins with {@code *** START OF} and one that begins with {@code *** END OF}.
 */
final class GutenbergText {
    private static final Pattern START = marker("START OF");
    private static final Pattern END = marker("END OF");

    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private GutenbergText() {}

    private static Pattern marker(String words) {
        // Old files write "***START OF". The text's first character counts as a line's, a byte order mark aside.
        return Pattern.compile("(?<![^\\r\\n\\uFEFF])\\*\\*\\* ?" + words);
    }

    /** Whether the file has either of the two markers. */
    static boolean isMarked(byte[] file) {
        // Not every file is UTF-8, but the markers are ASCII: one byte, one character finds them.
        int begin = Arrays.mismatch(file, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        String text = new String(file, begin, file.length - begin, StandardCharsets.ISO_8859_1);
        return START.matcher(text).find() || END.matcher(text).find();
    }

    /**
     * The book: what lies between the lines of the two markers, outer white space stripped, every line break
     * ({@code \r\n} or {@code \r}) turned into {@code \n}.
     *
     * @param dropInvalid whether bytes that are not UTF-8 are left out; otherwise the first is an error
     * @param source named in errors
     * @throws CorpusException unless there is exactly one of each marker, in order, with text between them
     */
    static String body(byte[] file, boolean dropInvalid, String source) {
        String text = decode(file, dropInvalid, source);
        int start = onlyMatch(START, text, "START", source);
        int end = onlyMatch(END, text, "END", source);
        if (end < start) {
            throw new CorpusException(source + ": its `*** END OF` marker comes before its `*** START OF` marker;"
                    + " fetch the book again");
        }
        String marked = text.substring(start, end).replace("\r\n", "\n").replace('\r', '\n');
        int firstLine = marked.indexOf('\n') + 1;
        String body = marked.substring(firstLine).strip();
        if (body.isEmpty()) {
            throw new CorpusException(source + ": there is no text between its `*** START OF` and `*** END OF`"
                    + " markers; fetch the book again");
        }
        return body;
    }

    private static int onlyMatch(Pattern marker, String text, String name, String source) {
        Matcher matcher = marker.matcher(text);
        if (!matcher.find()) {
            throw new CorpusException(source + ": has no line that begins with `*** " + name
                    + " OF`; the file is truncated or not a Project Gutenberg text: fetch it again, or take "
                    + "both markers"
                    + " out to use the file as it is");
        }
        int at = matcher.start();
        if (matcher.find()) {
            throw new CorpusException(source + ": has more than one line that begins with `*** " + name
                    + " OF` (characters " + at + " and " + matcher.start() + "); keep one book in a file");
        }
        return at;
    }

    private static String decode(byte[] file, boolean dropInvalid, String source) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(dropInvalid ? CodingErrorAction.IGNORE : CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CharBuffer chars = CharBuffer.allocate(file.length); // a character takes at least one byte
        CoderResult result = decoder.decode(bytes, chars, true);
        if (result.isError()) {
            int offset = bytes.position();
            throw new CorpusException(("%s: is not UTF-8: byte 0x%02X at offset %d, line %d; convert it (for example"
                            + " with `iconv -f ISO-8859-1 -t UTF-8`),"
                            + " or set corpus.drop_unknown to leave such bytes out")
                    .formatted(source, file[offset] & 0xFF, offset, Lines.at(file, offset)));
        }
        chars.flip();
        return chars.toString();
    }
}
