package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Hugging Face's tokenizers make of texts; python/tokenizer/reference.py writes it. */
final class Reference {
    static final JsonMapper JSON = FiniteJson.mapper().build();

    private Reference() {}

    /**
     * A tokenizer and what it makes of each text.
     *
     * @param json its {@code tokenizer.json}
     * @param ids by the number of the text
     * @param decoded of those ids
     */
    record Case(String name, String json, List<int[]> ids, List<String> decoded) {
        Tokenizer read(Path directory) throws IOException {
            return Tokenizer.read(Files.writeString(directory.resolve("tokenizer.json"), json));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static JsonNode json(String name) throws IOException {
        try (InputStream in = Reference.class.getResourceAsStream("/reference/tokenizer/" + name)) {
            return JSON.readTree(in);
        }
    }

    static List<String> texts() throws IOException {
        return StreamSupport.stream(json("cases.json").get("texts").spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }

    static List<Case> cases() throws IOException {
        return StreamSupport.stream(json("cases.json").get("cases").spliterator(), false)
                .map(node -> new Case(
                        node.get("name").stringValue(),
                        node.get("tokenizer").toString(),
                        StreamSupport.stream(node.get("texts").spliterator(), false)
                                .map(text -> JSON.convertValue(text.get("ids"), int[].class))
                                .toList(),
                        StreamSupport.stream(node.get("texts").spliterator(), false)
                                .map(text -> text.get("decoded").stringValue())
                                .toList()))
                .toList();
    }

    static Case named(String name) throws IOException {
        return cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }
}
