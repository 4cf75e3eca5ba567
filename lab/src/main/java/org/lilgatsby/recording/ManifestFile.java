package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code manifest.json}. */
public final class ManifestFile {
    private static final long LARGEST = 64L << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestFile() {}

    /** Writes the manifest in place of an earlier one, on the disk before this returns. */
    public static void write(Path file, Manifest manifest) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.write(partial, JSON.writeValueAsBytes(manifest));
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads a manifest.
     *
     * @throws IOException if it is not there, or not a manifest that this version understands
     */
    public static Manifest read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": is missing, so " + file.getParent() + " is not the directory of a run");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + ": has " + Files.size(file) + " bytes, at most " + LARGEST + " are read");
        }
        Manifest manifest;
        try {
            manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
        } catch (JacksonException e) {
            throw new IOException(file + ": is not a manifest: " + e.getOriginalMessage(), e);
        }
        if (manifest == null || manifest.schema() != Manifest.SCHEMA) {
            throw new IOException("%s: has schema %s, this version reads %d"
                    .formatted(file, manifest == null ? "none" : manifest.schema(), Manifest.SCHEMA));
        }
        if (manifest.corpus() == null || manifest.machine() == null || manifest.state() == null) {
            throw new IOException(file + ": corpus, machine or state is missing");
        }
        return manifest;
    }
}
