package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.files.Text;

/** Breaks text into lines of a width in characters. */
final class TextLines {
    private TextLines() {}

    /** Lines broken at spaces; a word longer than a line is cut. At least one line, possibly empty. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            for (String part : cut(word, width)) {
                if (!line.isEmpty() && line.length() + 1 + part.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(part);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** The text after a label; continuation lines begin below the text. */
    static List<String> hanging(String label, String text, int width) {
        List<String> lines = wrap(text, Math.max(1, width - label.length()));
        List<String> labelled = new ArrayList<>();
        for (String line : lines) {
            labelled.add((labelled.isEmpty() ? label : " ".repeat(label.length())) + line);
        }
        return labelled;
    }

    /**
     * The text with everything that controls a terminal or reorders a line escaped: control characters as
     * {@code \\x1b}, and {@linkplain Text#escape everything else} as its code point.
     */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints()
                .forEach(c -> visible.append(
                        Character.isISOControl(c)
                                ? String.format(Locale.ROOT, "\\x%02x", c)
                                : Text.escape(Character.toString(c))));
        return visible.toString();
    }

    /** Pieces of at most {@code width} characters, spaces kept; at least one, possibly empty. */
    static List<String> cut(String text, int width) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (text.length() - at > width) {
            pieces.add(text.substring(at, at + width));
            at += width;
        }
        pieces.add(text.substring(at));
        return pieces;
    }
}
