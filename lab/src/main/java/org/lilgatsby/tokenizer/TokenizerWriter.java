package org.lilgatsby.tokenizer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code tokenizer.json}, with the members and in the order of Hugging Face's own. */
final class TokenizerWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TokenizerWriter() {}

    static String json(Tokenizer.Parts parts) {
        ObjectNode tokenizer = JSON.objectNode().put("version", "1.0");
        tokenizer.putNull("truncation").putNull("padding");
        ArrayNode added = tokenizer.putArray("added_tokens");
        for (AddedToken token : parts.added()) {
            added.addObject()
                    .put("id", token.id())
                    .put("content", token.content())
                    .put("single_word", token.singleWord())
                    .put("lstrip", token.stripLeft())
                    .put("rstrip", token.stripRight())
                    .put("normalized", token.normalized())
                    .put("special", token.special());
        }
        tokenizer.set("normalizer", normalizer(parts.normalizer()));
        tokenizer.set("pre_tokenizer", preTokenizer(parts.preTokenizer()));
        tokenizer.set("post_processor", plain(parts.postProcessor()));
        tokenizer.set("decoder", decoder(parts.decoder()));
        tokenizer.set("model", model(parts.model()));
        return tokenizer.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static JsonNode model(Bpe model) {
        Bpe.Options options = model.options();
        ObjectNode node = JSON.objectNode().put("type", "BPE").putNull("dropout");
        node.put("unk_token", options.unknown())
                .put("continuing_subword_prefix", options.prefix())
                .put("end_of_word_suffix", options.suffix())
                .put("fuse_unk", options.fuseUnknown())
                .put("byte_fallback", options.byteFallback())
                .put("ignore_merges", options.ignoreMerges());
        ObjectNode vocabulary = node.putObject("vocab");
        for (String token : model.inOrder()) {
            vocabulary.put(token, model.vocabulary().get(token));
        }
        ArrayNode merges = node.putArray("merges");
        for (Bpe.Merge merge : model.merges()) {
            merges.addArray().add(merge.left()).add(merge.right());
        }
        return node;
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static JsonNode normalizer(TextNormalizer normalizer) {
        return switch (normalizer) {
            case null -> JSON.nullNode();
            case TextNormalizer.Form form -> type(form.form().name());
            case TextNormalizer.Lowercase _ -> type("Lowercase");
            case TextNormalizer.Prepend prepend -> type("Prepend").put("prepend", prepend.prefix());
            case TextNormalizer.Replace replace -> replacement(replace.replacement());
            case TextNormalizer.Stages(List<TextNormalizer> stages) ->
                sequence(
                        "normalizers",
                        stages.stream().map(TokenizerWriter::normalizer).toList());
        };
    }

    private static JsonNode preTokenizer(PreTokenizer preTokenizer) {
        return switch (preTokenizer) {
            case null -> JSON.nullNode();
            case PreTokenizer.ByteLevel level ->
                byteLevel(level.addPrefixSpace(), level.trimOffsets(), level.useRegex());
            case PreTokenizer.Whitespace _ -> type("Whitespace");
            case PreTokenizer.WhitespaceSplit _ -> type("WhitespaceSplit");
            case PreTokenizer.Metaspace space -> metaspace(space.replacement(), space.prepend(), space.split());
            case PreTokenizer.Digits digits -> type("Digits").put("individual_digits", digits.individually());
            case PreTokenizer.Split split -> {
                ObjectNode node = type("Split");
                switch (split.pattern()) {
                    case SplitPattern.Literal literal ->
                        node.putObject("pattern").put("String", literal.text());
                    case SplitPattern.Regex regex -> node.putObject("pattern").put("Regex", regex.source());
                }
                yield node.put("behavior", split.behavior().toString()).put("invert", split.inverted());
            }
            case PreTokenizer.Stages(List<PreTokenizer> stages) ->
                sequence(
                        "pretokenizers",
                        stages.stream().map(TokenizerWriter::preTokenizer).toList());
        };
    }

    private static JsonNode decoder(TokenDecoder decoder) {
        return switch (decoder) {
            case null -> JSON.nullNode();
            case TokenDecoder.ByteLevel level ->
                byteLevel(level.addPrefixSpace(), level.trimOffsets(), level.useRegex());
            case TokenDecoder.Metaspace space -> metaspace(space.replacement(), space.prepend(), space.split());
            case TokenDecoder.WordEnd end -> type("BPEDecoder").put("suffix", end.suffix());
            case TokenDecoder.ByteFallback _ -> type("ByteFallback");
            case TokenDecoder.Fuse _ -> type("Fuse");
            case TokenDecoder.Strip strip ->
                type("Strip")
                        .put("content", Character.toString(strip.content()))
                        .put("start", strip.start())
                        .put("stop", strip.stop());
            case TokenDecoder.Replace replace -> replacement(replace.replacement());
            case TokenDecoder.Stages(List<TokenDecoder> stages) ->
                sequence(
                        "decoders",
                        stages.stream().map(TokenizerWriter::decoder).toList());
        };
    }

    private static ObjectNode byteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) {
        return type("ByteLevel")
                .put("add_prefix_space", addPrefixSpace)
                .put("trim_offsets", trimOffsets)
                .put("use_regex", useRegex);
    }

    private static ObjectNode metaspace(char replacement, PreTokenizer.Metaspace.Prepend prepend, boolean split) {
        return type("Metaspace")
                .put("replacement", String.valueOf(replacement))
                .put("prepend_scheme", prepend.name().toLowerCase(Locale.ROOT))
                .put("split", split);
    }

    private static ObjectNode replacement(Replacement replacement) {
        ObjectNode node = type("Replace");
        node.putObject("pattern").put("String", replacement.pattern());
        return node.put("content", replacement.content());
    }

    private static ObjectNode sequence(String key, List<JsonNode> stages) {
        ObjectNode node = type("Sequence");
        node.putArray(key).addAll(stages);
        return node;
    }

    private static JsonNode plain(Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case String text -> JSON.stringNode(text);
            case Boolean truth -> JSON.booleanNode(truth);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case List<?> list -> {
                ArrayNode node = JSON.arrayNode();
                list.forEach(element -> node.add(plain(element)));
                yield node;
            }
            case Map<?, ?> members -> {
                ObjectNode node = JSON.objectNode();
                members.forEach((key, member) -> node.set((String) key, plain(member)));
                yield node;
            }
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        };
    }
}
