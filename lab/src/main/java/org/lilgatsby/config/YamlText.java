package org.lilgatsby.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Nodes as YAML on one line, such that {@link YamlReader} reads equal ones. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]*");
    private static final Pattern NO_TEXT = Pattern.compile("(?i)null|~|");

    private YamlText() {}

    /** A value; lists and groups in brackets. */
    public static String of(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar(var _, String text) -> text == null ? "null" : of(text);
            case YamlNode.Sequence(var _, List<YamlNode> items) ->
                items.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
            case YamlNode.Mapping(var _, Map<String, YamlNode.Entry> entries) ->
                entries.entrySet().stream()
                        .map(entry ->
                                of(entry.getKey()) + ": " + of(entry.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /** As it is where YAML takes it for the same text, otherwise {@link #quoted}. */
    public static String of(String text) {
        return PLAIN.matcher(text).matches() && !NO_TEXT.matcher(text).matches() ? text : quoted(text);
    }

    /** Double-quoted, with escapes for whatever a terminal or a YAML reader would not show as it is. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (isShownAsItIs(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08X", c));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isShownAsItIs(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }
}
