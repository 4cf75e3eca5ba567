package org.lilgatsby.tokenizer;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a regular expression in the notation of Oniguruma, as Hugging Face's tokenizers do, and writes the same one for
 * Java. Alternatives, groups, lookahead, classes, general categories and quantifiers of single characters are read;
 * what the two libraries take differently, and what matches nothing, is refused.
 */
final class SplitRegex {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_REPEATS = 1000;
    private static final Set<String> CATEGORIES = Set.of(
            "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps",
            "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp");
    private static final String SPACE = "\\t-\\r\\x{85}\\p{Z}";
    /** The six numbers of Latin-1 that are not digits are characters of words there, other such numbers are not. */
    private static final String WORD = "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{B2}\\x{B3}\\x{B9}\\x{BC}-\\x{BE}";
    /** Two letters that Oniguruma also finds as one character, such as the two of U+FB01, where case is ignored. */
    private static final Set<String> LIGATURES = Set.of("ss", "st", "ff", "fi", "fl");

    private final String source;
    private final StringBuilder java = new StringBuilder();
    private int at;
    private int depth;
    private boolean ignoresCase;
    private char letterBefore;

    private SplitRegex(String source) {
        this.source = source;
    }

    /** @throws IllegalArgumentException saying what is not supported */
    static Pattern compile(String source) {
        if (source.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("it is longer than %d characters".formatted(MAX_LENGTH));
        }
        SplitRegex regex = new SplitRegex(source);
        if (regex.alternatives() == 0) {
            throw new IllegalArgumentException("it can match the empty text");
        }
        if (regex.at < source.length()) {
            throw regex.unsupported("unmatched \")\"");
        }
        return Pattern.compile(regex.java.toString());
    }

    private IllegalArgumentException unsupported(String what) {
        return new IllegalArgumentException("%s at character %d is not supported".formatted(what, at));
    }

    private boolean ended() {
        return at == source.length();
    }

    private boolean take(String text) {
        if (source.startsWith(text, at)) {
            at += text.length();
            return true;
        }
        return false;
    }

    /** Up to the end, or a closing bracket; the fewest characters that it matches. */
    private int alternatives() {
        if (++depth > MAX_DEPTH) {
            throw unsupported("nesting of more than %d levels".formatted(MAX_DEPTH));
        }
        int fewest = sequence();
        while (take("|")) {
            java.append('|');
            fewest = Math.min(fewest, sequence());
        }
        depth--;
        return fewest;
    }

    private int sequence() {
        int fewest = 0;
        letterBefore = 0;
        while (!ended() && source.charAt(at) != '|' && source.charAt(at) != ')') {
            fewest = Math.min(MAX_LENGTH, fewest + repeated());
        }
        letterBefore = 0;
        return fewest;
    }

    private int repeated() {
        if (source.charAt(at) == '(') {
            return group();
        }
        single();
        int quantifier = at;
        int fewest = quantifier(true);
        if (at > quantifier) {
            letterBefore = 0;
        }
        return fewest;
    }

    private int group() {
        boolean outer = ignoresCase;
        if (take("(?=") || take("(?!")) {
            java.append("(?").append(source.charAt(at - 1));
            alternatives();
            close();
            if (!ended() && "?*+{".indexOf(source.charAt(at)) >= 0) {
                throw unsupported("a repeated lookahead");
            }
            return 0;
        }
        if (take("(?i:")) {
            ignoresCase = true;
        } else if (!take("(?:")) {
            if (source.startsWith("(?", at) || source.startsWith("(*", at)) {
                throw unsupported("this kind of group");
            }
            at++;
        }
        java.append("(?:");
        int fewest = alternatives();
        close();
        ignoresCase = outer;
        return Math.min(fewest, 1) * quantifier(false);
    }

    private void close() {
        if (!take(")")) {
            throw new IllegalArgumentException("a bracket is not closed");
        }
        java.append(')');
    }

    /** A quantifier, if there is one; how often at least. Only single characters are repeated more than once. */
    private int quantifier(boolean single) {
        if (ended() || "?*+{".indexOf(source.charAt(at)) < 0) {
            return 1;
        }
        char kind = source.charAt(at);
        if (!single && kind != '?') {
            throw unsupported("a repeated group");
        }
        int fewest = kind == '+' ? 1 : 0;
        if (kind == '{') {
            fewest = interval();
        } else {
            java.append(kind);
            at++;
            if (!ended() && (source.charAt(at) == '?' || source.charAt(at) == '+')) {
                java.append(source.charAt(at++));
            }
        }
        if (!ended() && "?*+{".indexOf(source.charAt(at)) >= 0) {
            throw unsupported("a second quantifier");
        }
        return fewest;
    }

    private int interval() {
        int start = at;
        int end = source.indexOf('}', at);
        String[] bounds =
                end < 0 ? new String[0] : source.substring(at + 1, end).split(",", -1);
        boolean numbers = bounds.length == 1 || bounds.length == 2;
        for (int i = 0; numbers && i < bounds.length; i++) {
            numbers = bounds[i].matches("[0-9]{1,4}") || i == 1 && bounds[i].isEmpty();
        }
        if (!numbers) {
            throw unsupported("this quantifier");
        }
        int fewest = Integer.parseInt(bounds[0]);
        boolean open = bounds.length == 2 && bounds[1].isEmpty();
        int most = bounds.length == 1 || open ? fewest : Integer.parseInt(bounds[1]);
        if (most < fewest || most > MAX_REPEATS) {
            throw unsupported("this quantifier");
        }
        at = end + 1;
        java.append(source, start, at);
        return fewest;
    }

    private void single() {
        int c = source.codePointAt(at);
        if (c == '[') {
            at++;
            letterBefore = 0;
            characterClass();
        } else if (c == '.') {
            at++;
            letterBefore = 0;
            java.append("[^\\n]");
        } else if (c == '\\') {
            letterBefore = 0;
            java.append('[').append(escape()).append(']');
        } else if ("?*+{}]^$".indexOf(c) >= 0) {
            throw unsupported("\"%c\" without a backslash".formatted(c));
        } else {
            at += Character.charCount(c);
            java.append('[').append(literal(c)).append(']');
        }
    }

    /** A character inside a class of Java's, with its other case where case is ignored. */
    private String literal(int c) {
        if (!ignoresCase) {
            return hex(c);
        }
        if (c >= 0x80) {
            throw unsupported("a character outside ASCII where case is ignored");
        }
        char lower = (char) Character.toLowerCase(c);
        if (LIGATURES.contains("" + letterBefore + lower)) {
            throw unsupported("\"%c%c\" where case is ignored".formatted(letterBefore, lower));
        }
        letterBefore = lower;
        return hex(lower)
                + hex(Character.toUpperCase(lower))
                + switch (lower) {
                    case 's' -> hex(0x17F);
                    case 'k' -> hex(0x212A);
                    default -> "";
                };
    }

    private static String hex(int c) {
        return "\\x{%X}".formatted(c);
    }

    private void characterClass() {
        boolean negated = take("^");
        if (negated && ignoresCase) {
            throw unsupported("a negated class where case is ignored");
        }
        java.append(negated ? "[^" : "[");
        boolean empty = true;
        while (!ended() && source.charAt(at) != ']') {
            if (source.charAt(at) == '[' || source.startsWith("&&", at)) {
                throw unsupported("a class in a class");
            }
            int from = at;
            int first = member();
            if (first >= 0 && source.startsWith("-", at) && at + 1 < source.length() && source.charAt(at + 1) != ']') {
                at++;
                int last = source.charAt(at) == '[' ? -1 : member();
                if (last < first || ignoresCase) {
                    at = from;
                    throw unsupported("this range");
                }
                java.append(hex(first)).append('-').append(hex(last));
            } else if (first >= 0) {
                java.append(literal(first));
                letterBefore = 0;
            }
            empty = false;
        }
        if (empty || !take("]")) {
            throw new IllegalArgumentException(empty ? "a class is empty" : "a class is not closed");
        }
        java.append(']');
    }

    /** A character of a class, or -1 after a class in it, which is written. */
    private int member() {
        int c = source.codePointAt(at);
        if (c != '\\') {
            at += Character.charCount(c);
            return c;
        }
        int start = at;
        String escape = escape();
        if (escape.startsWith("\\x{") && escape.indexOf('}') == escape.length() - 1) {
            at = start;
            return escaped();
        }
        java.append('[').append(escape).append(']');
        return -1;
    }

    /** What stands behind a backslash, as it stands inside a class of Java's. */
    private String escape() {
        String next = at + 1 < source.length() ? source.substring(at + 1, at + 2) : "";
        String known = switch (next) {
            case "s" -> SPACE;
            case "S" -> "^" + SPACE;
            case "w" -> WORD;
            case "W" -> "^" + WORD;
            case "d" -> "\\p{Nd}";
            case "D" -> "\\P{Nd}";
            default -> null;
        };
        if (known != null) {
            at += 2;
            return known;
        }
        return next.equalsIgnoreCase("p") ? category() : literalOf(escaped());
    }

    private String literalOf(int c) {
        return ignoresCase && Character.isLetter(c) ? literal(c) : hex(c);
    }

    private String category() {
        boolean negated = source.charAt(at + 1) == 'P';
        int end = source.indexOf('}', at);
        if (!source.startsWith("{", at + 2) || end < 0) {
            throw unsupported("this property");
        }
        String name = source.substring(at + 3, end);
        if (name.startsWith("^")) {
            negated = !negated;
            name = name.substring(1);
        }
        if (!CATEGORIES.contains(name)) {
            throw unsupported("this property");
        }
        at = end + 1;
        return (negated ? "\\P{" : "\\p{") + name + "}";
    }

    /** The one character that a backslash and what follows it stand for. */
    private int escaped() {
        char next = at + 1 < source.length() ? source.charAt(at + 1) : 'Z';
        int c = switch (next) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'f' -> '\f';
            default -> next;
        };
        if (c == next && (c <= ' ' || c >= 0x7F || Character.isLetterOrDigit(c))) {
            throw unsupported("this escape");
        }
        at += 2;
        return c;
    }
}
