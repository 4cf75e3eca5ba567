package org.lilgatsby.tokenfile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.files.Text;

/**
 * The header of NumPy's format, versions 1.0, 2.0 and 3.0 (NEP 1): a dictionary in Python's notation with the keys
 * {@code descr}, {@code fortran_order} and {@code shape}.
 */
final class NpyHeader {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Magic, two bytes of version, and the length in four bytes (two in version 1.0). */
    static final int LONGEST_START = MAGIC.length + 2 + 4;

    /** NumPy itself takes 10,000 at most. */
    static final int LONGEST = 1 << 16;

    private static final int MOST_DIMENSIONS = 64;

    private final Path file;
    private final String text;
    private int at;

    /** What the header says. */
    record Array(ElementType type, List<Long> shape) {}

    private NpyHeader(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Bytes of the magic, the version and the length: 10 or 12. */
    static int startBytes(Path file, ByteBuffer start) throws TokenFileException {
        for (int i = 0; i < MAGIC.length; i++) {
            if (start.limit() <= i || start.get(i) != MAGIC[i]) {
                throw new TokenFileException(file, "does not begin with \\x93NUMPY, like a .npy file");
            }
        }
        if (start.limit() < MAGIC.length + 4) {
            throw new TokenFileException(file, "ends inside the header");
        }
        int major = start.get(MAGIC.length) & 0xFF;
        int minor = start.get(MAGIC.length + 1) & 0xFF;
        if (major < 1 || major > 3 || minor != 0) {
            throw new TokenFileException(
                    file, "is of version %d.%d of .npy; supported are 1.0, 2.0 and 3.0".formatted(major, minor));
        }
        return major == 1 ? MAGIC.length + 4 : LONGEST_START;
    }

    /** The length of the dictionary, from the start of the file. */
    static int length(Path file, ByteBuffer start, int startBytes) throws TokenFileException {
        if (start.limit() < startBytes) {
            throw new TokenFileException(file, "ends inside the header");
        }
        long length = startBytes == LONGEST_START
                ? start.getInt(MAGIC.length + 2) & 0xFFFFFFFFL
                : start.getShort(MAGIC.length + 2) & 0xFFFF;
        if (length > LONGEST) {
            throw new TokenFileException(
                    file, "the header has %d bytes; at most %d are read".formatted(length, LONGEST));
        }
        return (int) length;
    }

    /** Parses the dictionary. */
    static Array parse(Path file, ByteBuffer dictionary, int major) throws TokenFileException {
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            return new NpyHeader(file, charset.newDecoder().decode(dictionary).toString()).array();
        } catch (CharacterCodingException e) {
            throw new TokenFileException(file, "the header is not UTF-8", e);
        }
    }

    private Array array() throws TokenFileException {
        Map<String, Object> members = new HashMap<>();
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            Object value = switch (key) {
                case "descr" -> description();
                case "fortran_order" -> truth();
                case "shape" -> shape();
                default -> throw fault("unknown key " + Text.quote(key));
            };
            if (members.put(key, value) != null) {
                throw fault("key " + Text.quote(key) + " twice");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        if (peek() != END) {
            throw fault("the dictionary is followed by other data");
        }
        for (String key : List.of("descr", "fortran_order", "shape")) {
            if (!members.containsKey(key)) {
                throw fault("key " + key + " is missing");
            }
        }
        @SuppressWarnings("unchecked")
        List<Long> shape = (List<Long>) members.get("shape");
        if (members.get("fortran_order").equals(true) && shape.size() > 1) {
            throw new TokenFileException(
                    file, "the array %s is in Fortran order; save numpy.ascontiguousarray of it".formatted(shape));
        }
        return new Array((ElementType) members.get("descr"), shape);
    }

    private ElementType description() throws TokenFileException {
        if (peek() == '[') {
            throw new TokenFileException(file, "the array holds records; save one column of whole numbers");
        }
        String description = string();
        boolean bigEndian = description.startsWith(">") && description.length() > 1 && !description.endsWith("1");
        if (bigEndian) {
            throw new TokenFileException(
                    file,
                    "the array's type is %s, big-endian; save it as astype('<%s')"
                            .formatted(Text.quote(description), Text.escape(description.substring(1))));
        }
        String name = description.replaceFirst("^[<|>=]", "");
        return ElementType.ofNumpy(name)
                .orElseThrow(() -> new TokenFileException(
                        file,
                        "the array's type is %s; token ids are whole numbers of 1, 2, 4 or 8 bytes, such as <u2 or <i4"
                                .formatted(Text.quote(description))));
    }

    private boolean truth() throws TokenFileException {
        skipSpace();
        if (text.startsWith("True", at)) {
            at += 4;
            return true;
        }
        if (text.startsWith("False", at)) {
            at += 5;
            return false;
        }
        throw fault("fortran_order is neither True nor False");
    }

    private List<Long> shape() throws TokenFileException {
        List<Long> shape = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            shape.add(dimension());
            if (shape.size() > MOST_DIMENSIONS) {
                throw fault("more than " + MOST_DIMENSIONS + " dimensions");
            }
            if (!accept(',')) {
                if (shape.size() == 1) {
                    throw fault("shape is a number in parentheses, not a tuple");
                }
                expect(')');
                break;
            }
        }
        return shape;
    }

    private long dimension() throws TokenFileException {
        skipSpace();
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int digit = text.charAt(at) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw fault("a dimension is above 2^63-1");
            }
            value = 10 * value + digit;
            at++;
        }
        if (start == at) {
            throw fault("shape holds something other than whole numbers");
        }
        if (at < text.length() && text.charAt(at) == 'L') { // as Python 2 wrote it
            at++;
        }
        return value;
    }

    private String string() throws TokenFileException {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw fault("text in quotation marks is missing");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw fault("text that does not end, or has a backslash");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private static final char END = '\0';

    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : END;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean accept(char c) {
        if (peek() == c && at < text.length()) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws TokenFileException {
        if (!accept(c)) {
            throw fault("'%c' is missing".formatted(c));
        }
    }

    private TokenFileException fault(String problem) {
        return new TokenFileException(file, "the header is invalid at its character %d: %s".formatted(at, problem));
    }
}
