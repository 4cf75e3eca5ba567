package org.lilgatsby.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lilgatsby.settings.SettingException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads the part of YAML that a configuration needs: one document of mappings, lists and plain values. Anchors,
 * aliases, tags, repeated keys, deep nesting and further documents are refused, so the result is never larger than the
 * text.
 */
public final class YamlReader {
    /** Deeper than any configuration; shallow enough for recursion. */
    private static final int DEEPEST = 8;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern DOTTED_KEY = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private static final String TORN =
            "; between braces a text with commas, such as \"log(1e-6, 1e-4, 25)\", stands in quotation marks";
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final String origin;
    private final YAMLParser parser;
    private final Pattern keys;

    private YamlReader(String origin, YAMLParser parser, Pattern keys) {
        this.origin = origin;
        this.parser = parser;
        this.keys = keys;
    }

    /**
     * Reads a document.
     *
     * @param origin what error messages call the document
     * @return null if the document is empty
     * @throws SettingException if it is not YAML, or uses more than this part of YAML
     */
    public static YamlNode read(String yaml, String origin) {
        return read(yaml, origin, KEY);
    }

    /**
     * As {@link #read}, of a document whose keys may have dots in them, such as {@code training.steps}.
     *
     * @throws SettingException if it is not YAML, or uses more than this part of YAML
     */
    public static YamlNode readDotted(String yaml, String origin) {
        return read(yaml, origin, DOTTED_KEY);
    }

    private static YamlNode read(String yaml, String origin, Pattern keys) {
        refuseHalfCharacters(yaml, origin);
        try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), yaml)) {
            return new YamlReader(origin, parser, keys).document();
        } catch (JacksonException e) {
            throw new SettingException(
                    "", origin + ": this is not readable as YAML: " + onOneLine(e.getOriginalMessage()));
        }
    }

    /** The parser fails on some of them, by an exception that tells nothing. */
    private static void refuseHalfCharacters(String yaml, String origin) {
        int line = 1;
        for (int i = 0, c; i < yaml.length(); i += Character.charCount(c)) {
            c = yaml.codePointAt(i);
            line += c == '\n' ? 1 : 0;
            if (Character.getType(c) == Character.SURROGATE) {
                throw new SettingException(
                        "", "%s line %d: U+%04X is half of a surrogate pair, no character".formatted(origin, line, c));
            }
        }
    }

    /** The parser's message without the excerpts of the document that it adds on lines of their own. */
    private static String onOneLine(String message) {
        String line = message.lines()
                .filter(part -> !part.isBlank() && !part.startsWith("  "))
                .map(String::strip)
                .collect(Collectors.joining(" "));
        return YamlNode.printable(line.endsWith(":") ? line.substring(0, line.length() - 1) : line, 300);
    }

    private YamlNode document() {
        if (parser.nextToken() == null) {
            return null;
        }
        YamlNode root = node("");
        if (parser.nextToken() != null) {
            throw fault("a second document begins here; a configuration is one document");
        }
        return root;
    }

    private YamlNode node(String path) {
        refuseIndirection();
        int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(line, path);
            case START_ARRAY -> sequence(line, path);
            case VALUE_NULL -> new YamlNode.Scalar(line, null);
            default -> new YamlNode.Scalar(line, parser.getString());
        };
    }

    private YamlNode mapping(int line, String path) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            refuseIndirection();
            String key = parser.currentName();
            int keyLine = line();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            if (!keys.matcher(key).matches()) {
                throw fault("\"%s\" is not a key; keys are letters, digits, underscores and hyphens, %s%s"
                        .formatted(
                                YamlNode.printable(key),
                                keys == KEY ? "one group inside the other" : "with dots between them",
                                key.endsWith(")") ? TORN : ""));
            }
            parser.nextToken();
            YamlNode.Entry earlier = entries.put(key, new YamlNode.Entry(keyLine, node(keyPath)));
            if (earlier != null) {
                throw new SettingException(
                        keyPath,
                        "%s line %d: %s is given twice, first on line %d"
                                .formatted(origin, keyLine, keyPath, earlier.line()));
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private YamlNode sequence(int line, String path) {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path));
        }
        return new YamlNode.Sequence(line, items);
    }

    private void refuseIndirection() {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw fault("anchors and aliases (& and *) are not supported in configurations; write the value out");
        }
        if (parser.getTypeId() != null) {
            throw fault("tags (!) are not supported in configurations; write the value alone");
        }
    }

    private SettingException fault(String problem) {
        return new SettingException("", "%s line %d: %s".formatted(origin, line(), problem));
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
