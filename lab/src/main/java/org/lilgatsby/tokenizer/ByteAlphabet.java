package org.lilgatsby.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.lilgatsby.files.Text;

/**
 * The alphabet of byte-level tokenizers (GPT-2's {@code bytes_to_unicode}): one visible character for every byte. Bytes
 * 33 to 126, 161 to 172 and 174 to 255 are the characters of their own number; the 68 others, in order, are the
 * characters from 256 on.
 */
public final class ByteAlphabet {
    /** Bytes, and so characters. */
    public static final int BYTES = 256;

    private static final int NONE = -1;
    private static final int[] BYTE_OF = byteOf();
    private static final char[] CHARACTER_OF = characterOf();

    private ByteAlphabet() {}

    private static int[] byteOf() {
        int[] byteOf = new int[2 * BYTES];
        Arrays.fill(byteOf, NONE);
        int next = BYTES;
        for (int b = 0; b < BYTES; b++) {
            boolean visible = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            byteOf[visible ? b : next++] = b;
        }
        return byteOf;
    }

    private static char[] characterOf() {
        char[] characterOf = new char[BYTES];
        for (char c = 0; c < BYTE_OF.length; c++) {
            if (BYTE_OF[c] != NONE) {
                characterOf[BYTE_OF[c]] = c;
            }
        }
        return characterOf;
    }

    /** The character of a byte, 0 to 255. */
    public static char of(int value) {
        return CHARACTER_OF[value];
    }

    /** The byte, 0 to 255, of a character; -1 for a character outside the alphabet. */
    public static int byteOf(int character) {
        return character < BYTE_OF.length ? BYTE_OF[character] : NONE;
    }

    /**
     * The text that a token stands for, fit for people: what is not text on its own, being part of a character, is
     * shown as its bytes, as in {@code \x{e2}}. Empty if the token has a character outside the alphabet.
     */
    public static Optional<String> decode(String token) {
        ByteBuffer bytes = ByteBuffer.allocate(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c >= BYTE_OF.length || BYTE_OF[c] == NONE) {
                return Optional.empty();
            }
            bytes.put((byte) BYTE_OF[c]);
        }
        return Optional.of(show(bytes.flip()));
    }

    private static String show(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        StringBuilder shown = new StringBuilder();
        CoderResult result;
        do {
            result = decoder.decode(bytes, text, true);
            shown.append(Text.escape(text.flip().toString()));
            text.clear();
            for (int i = 0; result.isError() && i < result.length(); i++) {
                shown.append("\\x{")
                        .append(Integer.toHexString(bytes.get() & 0xFF))
                        .append('}');
            }
        } while (result.isError());
        return shown.toString();
    }
}
