package org.lilgatsby.config;

import java.util.List;
import java.util.Map;

/** A node of a YAML document, with the line it starts on, counted from 1. */
public sealed interface YamlNode {
    /** The line of the document, from 1. */
    int line();

    /** How an error message calls the node. */
    String describe();

    /** Keys and values in the document's order. */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String describe() {
            return entries.isEmpty() ? "empty" : "a group of settings";
        }
    }

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A scalar as it is written; {@code text} is null for YAML's null. */
    record Scalar(int line, String text) implements YamlNode {
        @Override
        public String describe() {
            return text == null ? "null" : "\"" + printable(text) + "\"";
        }
    }

    /** {@code text} fit for a message: at most 80 characters, on one line. */
    static String printable(String text) {
        return printable(text, 80);
    }

    /** {@code text} fit for a message: at most {@code longest} characters, each control character a question mark. */
    static String printable(String text, int longest) {
        String shown = text.length() <= longest ? text : text.substring(0, longest) + "...";
        return shown.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "?");
    }

    /** A key's own line and its value. */
    record Entry(int line, YamlNode value) {}
}
