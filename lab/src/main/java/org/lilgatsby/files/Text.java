package org.lilgatsby.files;

/** Text from files, made safe for messages. */
public final class Text {
    private static final int QUOTED_CHARACTERS = 80;

    private Text() {}

    /** The text between quotation marks, {@linkplain #escape escaped} and cut after 80 characters. */
    public static String quote(String text) {
        if (text.length() <= QUOTED_CHARACTERS) {
            return '"' + escape(text) + '"';
        }
        return '"' + escape(text.substring(0, QUOTED_CHARACTERS)) + "\u2026\" (" + text.length() + " characters)";
    }

    /**
     * The text with everything that could steer a terminal or reorder a line (controls, format characters, line
     * separators, surrogates without a partner) shown as its code point, as in <code>\&#117;{1b}</code>.
     */
    public static String escape(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isPlain(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Whether UTF-8 can hold the text: every surrogate has its partner. */
    public static boolean isEncodable(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
