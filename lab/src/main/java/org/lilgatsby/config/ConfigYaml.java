package org.lilgatsby.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.settings.SettingException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Configurations as YAML. A file lists only its differences from the defaults, which are in {@code defaults.yaml}
 * beside this class with the reason for each; a printed configuration is complete. Files, overrides and messages name a
 * setting by the same dotted key.
 *
 * <p>Reading is strict: unknown keys, values of the wrong type or out of range, repeated keys, anchors, tags and inputs
 * beyond {@link #LARGEST} bytes are errors that say where the problem is and what is allowed.
 */
public final class ConfigYaml {
    /** The largest configuration that is read, in bytes; the built-in ones are smaller than 8,000. */
    public static final int LARGEST = 65_536;

    private ConfigYaml() {}

    /**
     * Reads a file.
     *
     * @param overrides settings as {@code key.path=value}, which replace the file's
     * @throws SettingException if the content, or an override, cannot be used
     * @throws IOException if the file cannot be read
     */
    public static ExperimentConfig read(Path file, List<String> overrides) throws IOException {
        return parse(text(file), file.toString(), overrides);
    }

    /**
     * Reads a configuration from text.
     *
     * @param origin what messages call the text
     * @param overrides settings as {@code key.path=value}, which replace the text's
     * @throws SettingException if the content, or an override, cannot be used
     */
    public static ExperimentConfig parse(String yaml, String origin, List<String> overrides) {
        ConfigOverlay layers = layers(yaml, origin);
        layers.addOverrides(overrides);
        return ConfigBinder.bind(layers.settings());
    }

    /** A text over the defaults. */
    static ConfigOverlay layers(String yaml, String origin) {
        return layers(YamlReader.read(yaml, origin), origin);
    }

    /** A document over the defaults. */
    static ConfigOverlay layers(YamlNode document, String origin) {
        ConfigOverlay layers = new ConfigOverlay();
        layers.add(YamlReader.read(resource(ConfigYaml.class, "defaults"), "defaults.yaml"), "defaults.yaml");
        String name = nameOf(origin);
        layers.add(YamlReader.read("name: \"%1$s\"\ntitle: \"%1$s\"\n".formatted(name), origin), origin);
        layers.add(document, origin);
        return layers;
    }

    /** The name of a document that states none: its file name, as far as that can be a name. */
    public static String nameOf(String origin) {
        String file = origin.substring(origin.lastIndexOf('/') + 1).replaceFirst("\\.ya?ml$", "");
        String name =
                file.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String usable = name.substring(0, Math.min(name.length(), ExperimentConfig.LONGEST_NAME));
        return usable.matches(".*[a-z].*") ? usable : "experiment";
    }

    /** The complete configuration, with the reason beside each value; reading it back gives an equal one. */
    public static String toYaml(ExperimentConfig config) {
        return ConfigWriter.write(config);
    }

    /** The complete configuration with the keys of the YAML, as a tree. */
    public static ObjectNode toJson(ExperimentConfig config) {
        return ConfigWriter.tree(config);
    }

    /**
     * The text of a file of settings.
     *
     * @throws SettingException if it has more than {@link #LARGEST} bytes, or is not UTF-8
     * @throws IOException if it cannot be read
     */
    public static String text(Path file) throws IOException {
        return text(file, LARGEST);
    }

    /**
     * The text of a file of settings.
     *
     * @param largest most bytes that it may have
     * @throws SettingException if it has more, or is not UTF-8
     * @throws IOException if it cannot be read
     */
    public static String text(Path file, int largest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return decode(in, file.toString(), largest);
        }
    }

    /**
     * The text of a configuration beside a class.
     *
     * @throws IllegalStateException if there is none
     */
    static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("%s.yaml is missing beside %s; build the program, or the jar, again"
                        .formatted(name, beside.getName()));
            }
            return decode(in, name + ".yaml", LARGEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decode(InputStream in, String origin, int largest) throws IOException {
        byte[] bytes = in.readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw new SettingException(
                    "", "%s: a configuration has at most %d bytes; this one has more".formatted(origin, largest));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SettingException("", origin + ": this is not UTF-8 text");
        }
    }
}
