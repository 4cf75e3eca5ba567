package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.lilgatsby.files.JsonFile;
import org.lilgatsby.files.Text;

/**
 * Reads the tokens of {@code tokenizer.json}: {@code model.vocab}, an object from token to id (BPE, WordPiece,
 * WordLevel) or an array of [token, score] in the order of ids (Unigram), and {@code added_tokens}. Tokens are
 * byte-level if the pre-tokenizer or the decoder has a part of type {@code ByteLevel}.
 */
final class TokenizerParser {
    static final int MAX_TOKENS = 1 << 20;
    private static final long MAX_BYTES = 1 << 28;

    private final JsonFile json;
    private final Map<Integer, String> tokens = new HashMap<>();
    private final Map<Integer, String> added = new HashMap<>();
    private boolean byteLevel;

    private TokenizerParser(JsonFile json) {
        this.json = json;
    }

    static Vocabulary read(Path file) throws IOException {
        return JsonFile.read(file, MAX_BYTES, CheckpointException::new, json -> new TokenizerParser(json).vocabulary());
    }

    private Vocabulary vocabulary() throws IOException {
        json.object("the tokenizer", key -> {
            switch (key) {
                case "model" -> json.object(key, this::readModel);
                case "added_tokens" -> json.array(key, this::readAddedToken);
                case "pre_tokenizer", "decoder" -> findByteLevel(key);
                default -> json.skip();
            }
        });
        if (tokens.isEmpty()) {
            throw json.fault("model.vocab is missing or empty");
        }
        return new Vocabulary(tokens, added, byteLevel);
    }

    private void readModel(String key) throws IOException {
        if (!key.equals("vocab")) {
            json.skip();
        } else if (json.isObject()) {
            json.object(key, token -> add(tokens, json.natural("the id of a token"), token));
        } else {
            json.array(key, this::readScoredToken);
        }
    }

    private void readScoredToken(String what) throws IOException {
        int id = tokens.size();
        json.array("an entry of vocab", entry -> {
            if (json.isText() && tokens.size() == id) {
                add(tokens, id, json.text(entry));
            } else {
                json.skip();
            }
        });
        if (tokens.size() == id) {
            throw json.fault("entry " + id + " of vocab has no token");
        }
    }

    private void readAddedToken(String what) throws IOException {
        AddedToken token = new AddedToken();
        json.object("an entry of " + what, key -> {
            switch (key) {
                case "id" -> token.id = json.natural("the id of an added token");
                case "content" -> token.content = json.text("the content of an added token");
                default -> json.skip();
            }
        });
        if (token.id < 0 || token.content == null) {
            throw json.fault("an added token lacks id or content");
        }
        add(added, token.id, token.content);
    }

    private static final class AddedToken {
        private int id = -1;
        private String content;
    }

    private void add(Map<Integer, String> target, int id, String token) throws IOException {
        String earlier = target.putIfAbsent(id, token);
        if (earlier != null) {
            throw json.fault(
                    "tokens %s and %s have the same id, %d".formatted(Text.quote(earlier), Text.quote(token), id));
        }
        if (target.size() > MAX_TOKENS) {
            throw json.fault("more than " + MAX_TOKENS + " tokens");
        }
    }

    /** Walks a component, which may be a sequence of others. */
    private void findByteLevel(String what) throws IOException {
        if (json.isObject()) {
            json.object(what, key -> {
                if (key.equals("type") && json.isText()) {
                    byteLevel |= json.text(key).equals("ByteLevel");
                } else {
                    findByteLevel(key);
                }
            });
        } else if (json.isArray()) {
            json.array(what, this::findByteLevel);
        }
    }
}
