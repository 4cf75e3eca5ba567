package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes {@code manifest.json}. Its last member, {@code seal}, is the SHA-256 of the file's bytes with 64
 * zeros in place of the seal: the file that seals all others is sealed itself.
 */
public final class ManifestFile {
    private static final long LARGEST = 64L << 20;
    private static final String SEAL = "seal";
    /** Members that may be missing: not measured yet, or not written by earlier versions. */
    private static final List<String> OPTIONAL = List.of("performance", "key");

    private static final String OPEN = "0".repeat(64);
    private static final Pattern SEALED = Pattern.compile("\"" + SEAL + "\" : \"([0-9a-f]{64})\"\\s*}\\s*\\z");

    private static final JsonMapper JSON = FiniteJson.strictMapper()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private ManifestFile() {}

    /** Replaces the manifest; it is on the disk when this returns. */
    public static void write(Path file, Manifest manifest) throws IOException {
        ObjectNode document = JSON.valueToTree(manifest);
        OPTIONAL.stream().filter(member -> document.get(member).isNull()).forEach(document::remove);
        String open = JSON.writeValueAsString(document.put(SEAL, OPEN));
        String sealed = withSeal(open, Sha256.of(open.getBytes(StandardCharsets.UTF_8)));
        DurableFiles.write(file, sealed.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a manifest without checking its seal; see {@link #isIntact}.
     *
     * @throws IOException if it is missing, or not a manifest that this version understands
     */
    public static Manifest read(Path file) throws IOException {
        byte[] bytes = bytes(file);
        try {
            JsonNode document = JSON.readTree(bytes);
            if (!(document instanceof ObjectNode members)
                    || members.path("schema").asInt(0) != Manifest.SCHEMA) {
                throw new IOException("%s: has schema %s; this version reads %d"
                        .formatted(file, Text.quote(document.path("schema").asString("none")), Manifest.SCHEMA));
            }
            members.remove(SEAL);
            OPTIONAL.stream().filter(member -> !members.has(member)).forEach(members::putNull);
            return JSON.treeToValue(members, Manifest.class);
        } catch (JacksonException e) {
            throw new IOException(file + ": is not a manifest: " + Text.escape(e.getOriginalMessage()), e);
        }
    }

    /**
     * Whether a manifest still has the bytes with which it was written.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isIntact(Path file) throws IOException {
        String text = new String(bytes(file), StandardCharsets.ISO_8859_1);
        Matcher seal = SEALED.matcher(text);
        return seal.find()
                && seal.group(1).equals(Sha256.of(withSeal(text, OPEN).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String withSeal(String text, String value) {
        Matcher seal = SEALED.matcher(text);
        if (!seal.find()) {
            throw new IllegalArgumentException("a manifest without a seal at the end");
        }
        return text.substring(0, seal.start(1)) + value + text.substring(seal.end(1));
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + ": is missing, so " + file.getParent() + " is not the directory of a run");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + ": has " + Files.size(file) + " bytes, at most " + LARGEST + " are read");
        }
        return Files.readAllBytes(file);
    }
}
