package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.files.JsonFile;
import org.lilgatsby.files.Text;

/** Reads {@code tokenizer.json}; docs/corpora.md lists what is supported, everything else is refused by its name. */
final class TokenizerJson {
    static final int MAX_TOKENS = 1 << 20;
    static final int MAX_MERGES = 1 << 20;
    static final int MAX_ADDED_LENGTH = 512;
    private static final int MAX_ID = Integer.MAX_VALUE - 1;
    private static final long MAX_BYTES = 1 << 28;

    private final Path file;
    private final JsonFile json;
    private final List<AddedToken> added = new ArrayList<>();
    private Object normalizer;
    private Object preTokenizer;
    private Object postProcessor;
    private Object decoder;
    private boolean hasModel;
    private Object modelType;
    private Map<String, Integer> vocabulary;
    private List<Bpe.Merge> merges;
    private final Map<String, Object> modelOptions = new LinkedHashMap<>();

    private TokenizerJson(Path file, JsonFile json) {
        this.file = file;
        this.json = json;
    }

    static Tokenizer read(Path file) throws IOException {
        return JsonFile.read(file, MAX_BYTES, TokenizerException::new, json -> new TokenizerJson(file, json).read());
    }

    static Tokenizer parse(String text, Path name) throws IOException {
        return JsonFile.parse(text, name, TokenizerException::new, json -> new TokenizerJson(name, json).read());
    }

    private Tokenizer read() throws IOException {
        json.object("the tokenizer", key -> {
            switch (key) {
                case "version" -> requireVersion(json.text(key));
                case "added_tokens" -> json.array(key, _ -> readAddedToken());
                case "normalizer" -> normalizer = json.value(key);
                case "pre_tokenizer" -> preTokenizer = json.value(key);
                case "post_processor" -> postProcessor = json.value(key);
                case "decoder" -> decoder = json.value(key);
                case "model" -> {
                    hasModel = true;
                    json.object(key, this::readModel);
                }
                default -> json.skip();
            }
        });
        requireModel();
        try {
            Components components = new Components(file);
            return new Tokenizer(new Tokenizer.Parts(
                    added,
                    components.normalizer(normalizer),
                    components.preTokenizer(preTokenizer),
                    postProcessor,
                    components.decoder(decoder),
                    new Bpe(vocabulary, merges, options())));
        } catch (IllegalArgumentException e) {
            throw new TokenizerException(file, e.getMessage(), e);
        }
    }

    private void requireVersion(String version) throws IOException {
        if (!version.equals("1.0")) {
            throw json.fault("version is %s; only version 1.0 is supported".formatted(Text.quote(version)));
        }
    }

    private void requireModel() throws IOException {
        if (!hasModel) {
            throw json.fault("model is missing");
        }
        if (modelType != null && !modelType.equals("BPE")) {
            throw json.fault("model.type is %s; only BPE is supported".formatted(Components.shown(modelType)));
        }
        if (vocabulary == null || merges == null) {
            throw json.fault("model.%s is missing".formatted(vocabulary == null ? "vocab" : "merges"));
        }
        Object dropout = modelOptions.get("dropout");
        if (dropout != null && !(dropout instanceof Number number && number.doubleValue() == 0)) {
            throw json.fault("model.dropout is %s, which makes encoding random; set it to null"
                    .formatted(Components.shown(dropout)));
        }
    }

    private void readAddedToken() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        int[] id = {-1};
        json.object("an entry of added_tokens", key -> {
            if (key.equals("id")) {
                id[0] = id("an added token");
            } else {
                members.put(key, json.value(key));
            }
        });
        if (id[0] < 0 || !(members.get("content") instanceof String content)) {
            throw json.fault("entry " + added.size() + " of added_tokens lacks id or content");
        }
        String what = "added token " + Text.quote(content);
        if (content.length() > MAX_ADDED_LENGTH) {
            throw json.fault("%s is longer than %d characters".formatted(what, MAX_ADDED_LENGTH));
        }
        if (!Text.isEncodable(content)) {
            throw json.fault(what + " has an unpaired surrogate");
        }
        if (added.size() == MAX_TOKENS) {
            throw json.fault("more than " + MAX_TOKENS + " added tokens");
        }
        if (!content.isEmpty()) { // Hugging Face's ignores an empty one.
            added.add(new AddedToken(
                    id[0],
                    content,
                    truth(members, "single_word", what),
                    truth(members, "lstrip", what),
                    truth(members, "rstrip", what),
                    truth(members, "normalized", what),
                    truth(members, "special", what)));
        }
    }

    private int id(String what) throws IOException {
        int id = json.natural("the id of " + what);
        if (id > MAX_ID) {
            throw json.fault("the id of %s is %d; at most %d is possible".formatted(what, id, MAX_ID));
        }
        return id;
    }

    private boolean truth(Map<String, Object> members, String key, String what) throws IOException {
        return switch (members.get(key)) {
            case Boolean truth -> truth;
            case null -> throw json.fault(what + ": " + key + " is missing");
            case Object other ->
                throw json.fault("%s: %s must be true or false, not %s".formatted(what, key, Components.shown(other)));
        };
    }

    private void readModel(String key) throws IOException {
        switch (key) {
            case "type" -> modelType = json.value(key);
            case "vocab" -> {
                // The model of another type is refused by its type, even if that comes later.
                if (!json.isObject()) {
                    json.skip();
                    return;
                }
                vocabulary = new LinkedHashMap<>();
                json.object(key, this::readToken);
            }
            case "merges" -> {
                merges = new ArrayList<>();
                json.array(key, _ -> readMerge());
            }
            default -> modelOptions.put(key, json.value(key));
        }
    }

    private void readToken(String token) throws IOException {
        vocabulary.put(token, id("token " + Text.quote(token)));
        if (vocabulary.size() > MAX_TOKENS) {
            throw json.fault("more than " + MAX_TOKENS + " tokens");
        }
    }

    private void readMerge() throws IOException {
        List<String> parts = new ArrayList<>();
        if (json.isText()) {
            parts.addAll(List.of(json.text("a merge").split(" ", -1)));
        } else {
            json.array("a merge", _ -> {
                if (parts.size() == 2) {
                    throw json.fault("merge " + (merges.size() + 1) + " has more than two parts");
                }
                parts.add(json.text("a part of a merge"));
            });
        }
        if (parts.size() != 2) {
            throw json.fault("merge %d has %d parts instead of two".formatted(merges.size() + 1, parts.size()));
        }
        merges.add(new Bpe.Merge(parts.getFirst(), parts.getLast()));
        if (merges.size() > MAX_MERGES) {
            throw json.fault("more than " + MAX_MERGES + " merges");
        }
    }

    private Bpe.Options options() throws IOException {
        return new Bpe.Options(
                text("unk_token"),
                text("continuing_subword_prefix"),
                text("end_of_word_suffix"),
                flag("fuse_unk"),
                flag("byte_fallback"),
                flag("ignore_merges"));
    }

    private String text(String key) throws IOException {
        Object value = modelOptions.get(key);
        if (value != null && !(value instanceof String)) {
            throw json.fault("model.%s must be text or null, not %s".formatted(key, Components.shown(value)));
        }
        return (String) value;
    }

    private boolean flag(String key) throws IOException {
        Object value = modelOptions.get(key);
        if (value != null && !(value instanceof Boolean)) {
            throw json.fault("model.%s must be true or false, not %s".formatted(key, Components.shown(value)));
        }
        return value != null && (Boolean) value;
    }

    /** The components around the model, from their JSON. */
    private record Components(Path file) {
        private static final String PRE_TOKENIZERS =
                "ByteLevel, Whitespace, WhitespaceSplit, Metaspace, Digits, Split and Sequence";
        private static final String NORMALIZERS = "NFC, NFD, NFKC, NFKD, Lowercase, Prepend, Replace and Sequence";
        private static final String DECODERS =
                "ByteLevel, Metaspace, BPEDecoder, ByteFallback, Fuse, Strip, Replace and Sequence";

        static String shown(Object value) {
            return switch (value) {
                case String text -> Text.quote(text);
                case Map<?, ?> _ -> "an object";
                case List<?> _ -> "an array";
                case null -> "null";
                case Object other -> other.toString();
            };
        }

        TextNormalizer normalizer(Object value) throws TokenizerException {
            if (value == null) {
                return null;
            }
            Component component = component("normalizer", value);
            return switch (component.type()) {
                case "NFC", "NFD", "NFKC", "NFKD" -> new TextNormalizer.Form(Normalizer.Form.valueOf(component.type()));
                case "Lowercase" -> new TextNormalizer.Lowercase();
                case "Prepend" -> new TextNormalizer.Prepend(component.text("prepend"));
                case "Replace" -> new TextNormalizer.Replace(component.replacement());
                case "Sequence" -> {
                    List<TextNormalizer> stages = new ArrayList<>();
                    for (Object stage : component.list("normalizers")) {
                        stages.add(component.present(normalizer(stage)));
                    }
                    yield new TextNormalizer.Stages(List.copyOf(stages));
                }
                default -> throw component.unsupported(NORMALIZERS);
            };
        }

        PreTokenizer preTokenizer(Object value) throws TokenizerException {
            if (value == null) {
                return null;
            }
            Component component = component("pre_tokenizer", value);
            return switch (component.type()) {
                case "ByteLevel" ->
                    new PreTokenizer.ByteLevel(
                            component.truth("add_prefix_space"),
                            component.truth("trim_offsets"),
                            component.truth("use_regex", true));
                case "Whitespace" -> new PreTokenizer.Whitespace();
                case "WhitespaceSplit" -> new PreTokenizer.WhitespaceSplit();
                case "Metaspace" ->
                    new PreTokenizer.Metaspace(
                            component.character("replacement"), component.prepend(), component.truth("split", true));
                case "Digits" -> new PreTokenizer.Digits(component.truth("individual_digits"));
                case "Split" ->
                    new PreTokenizer.Split(component.pattern(), component.behavior(), component.truth("invert"));
                case "Sequence" -> {
                    List<PreTokenizer> stages = new ArrayList<>();
                    for (Object stage : component.list("pretokenizers")) {
                        stages.add(component.present(preTokenizer(stage)));
                    }
                    yield new PreTokenizer.Stages(List.copyOf(stages));
                }
                default -> throw component.unsupported(PRE_TOKENIZERS);
            };
        }

        TokenDecoder decoder(Object value) throws TokenizerException {
            if (value == null) {
                return null;
            }
            Component component = component("decoder", value);
            return switch (component.type()) {
                case "ByteLevel" ->
                    new TokenDecoder.ByteLevel(
                            component.truth("add_prefix_space"),
                            component.truth("trim_offsets"),
                            component.truth("use_regex", true));
                case "Metaspace" ->
                    new TokenDecoder.Metaspace(
                            component.character("replacement"), component.prepend(), component.truth("split", true));
                case "BPEDecoder" -> new TokenDecoder.WordEnd(component.filledText("suffix"));
                case "ByteFallback" -> new TokenDecoder.ByteFallback();
                case "Fuse" -> new TokenDecoder.Fuse();
                case "Strip" ->
                    new TokenDecoder.Strip(
                            component.codePoint("content"), component.natural("start"), component.natural("stop"));
                case "Replace" -> new TokenDecoder.Replace(component.replacement());
                case "Sequence" -> {
                    List<TokenDecoder> stages = new ArrayList<>();
                    for (Object stage : component.list("decoders")) {
                        stages.add(component.present(decoder(stage)));
                    }
                    yield new TokenDecoder.Stages(List.copyOf(stages));
                }
                default -> throw component.unsupported(DECODERS);
            };
        }

        private Component component(String kind, Object value) throws TokenizerException {
            if (!(value instanceof Map<?, ?> members)) {
                throw new TokenizerException(file, kind + " must be an object or null, not " + shown(value));
            }
            if (!(members.get("type") instanceof String type)) {
                throw new TokenizerException(file, kind + " has no type");
            }
            return new Component(file, kind, type, members);
        }
    }

    private record Component(Path file, String kind, String type, Map<?, ?> members) {
        TokenizerException fault(String problem) {
            return new TokenizerException(file, "%s %s: %s".formatted(kind, Text.quote(type), problem));
        }

        TokenizerException unsupported(String supported) {
            return fault("not supported; supported are " + supported);
        }

        <T> T present(T stage) throws TokenizerException {
            if (stage == null) {
                throw fault("an element of the sequence is null");
            }
            return stage;
        }

        private TokenizerException wrong(String key, String needed) {
            return fault("%s must be %s, not %s".formatted(key, needed, Components.shown(members.get(key))));
        }

        String text(String key) throws TokenizerException {
            if (members.get(key) instanceof String text && Text.isEncodable(text)) {
                return text;
            }
            throw wrong(key, "text");
        }

        String filledText(String key) throws TokenizerException {
            String text = text(key);
            if (text.isEmpty()) {
                throw wrong(key, "non-empty text");
            }
            return text;
        }

        boolean truth(String key) throws TokenizerException {
            if (members.get(key) instanceof Boolean truth) {
                return truth;
            }
            throw wrong(key, "true or false");
        }

        boolean truth(String key, boolean otherwise) throws TokenizerException {
            return members.get(key) == null ? otherwise : truth(key);
        }

        int natural(String key) throws TokenizerException {
            if (members.get(key) instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
                return number.intValue();
            }
            throw wrong(key, "a whole number in [0, 2147483647]");
        }

        List<?> list(String key) throws TokenizerException {
            if (members.get(key) instanceof List<?> list) {
                return list;
            }
            throw wrong(key, "an array");
        }

        int codePoint(String key) throws TokenizerException {
            String text = text(key);
            if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
                throw wrong(key, "one character");
            }
            return text.codePointAt(0);
        }

        char character(String key) throws TokenizerException {
            int codePoint = codePoint(key);
            if (codePoint > Character.MAX_VALUE) {
                throw wrong(key, "one character below U+10000");
            }
            return (char) codePoint;
        }

        /** The pattern must be {"String": TEXT}. */
        Replacement replacement() throws TokenizerException {
            if (members.get("pattern") instanceof Map<?, ?> pattern
                    && pattern.size() == 1
                    && pattern.get("String") instanceof String text
                    && !text.isEmpty()
                    && Text.isEncodable(text)) {
                return new Replacement(text, text("content"));
            }
            throw wrong("pattern", "{\"String\": TEXT}, the only kind that is supported");
        }

        /** The pattern must be {"String": TEXT} or {"Regex": TEXT}. */
        SplitPattern pattern() throws TokenizerException {
            if (members.get("pattern") instanceof Map<?, ?> pattern && pattern.size() == 1) {
                if (pattern.get("String") instanceof String text && !text.isEmpty() && Text.isEncodable(text)) {
                    return new SplitPattern.Literal(text);
                }
                if (pattern.get("Regex") instanceof String regex && Text.isEncodable(regex)) {
                    try {
                        return new SplitPattern.Regex(regex);
                    } catch (IllegalArgumentException e) {
                        throw fault("the regular expression %s: %s".formatted(Text.quote(regex), e.getMessage()));
                    }
                }
            }
            throw wrong("pattern", "{\"String\": TEXT} with non-empty text, or {\"Regex\": TEXT}");
        }

        PreTokenizer.Split.Behavior behavior() throws TokenizerException {
            for (PreTokenizer.Split.Behavior behavior : PreTokenizer.Split.Behavior.values()) {
                if (behavior.toString().equals(members.get("behavior"))) {
                    return behavior;
                }
            }
            throw wrong("behavior", "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous");
        }

        PreTokenizer.Metaspace.Prepend prepend() throws TokenizerException {
            Object scheme = members.containsKey("prepend_scheme") ? members.get("prepend_scheme") : "always";
            boolean never = Boolean.FALSE.equals(members.get("add_prefix_space"));
            if (never && !"never".equals(scheme)) {
                throw fault("add_prefix_space is false, but prepend_scheme is " + Components.shown(scheme));
            }
            return switch (scheme instanceof String text ? text : "") {
                case "always" -> PreTokenizer.Metaspace.Prepend.ALWAYS;
                case "first" -> PreTokenizer.Metaspace.Prepend.FIRST;
                case "never" -> PreTokenizer.Metaspace.Prepend.NEVER;
                default -> throw wrong("prepend_scheme", "always, first or never");
            };
        }
    }
}
