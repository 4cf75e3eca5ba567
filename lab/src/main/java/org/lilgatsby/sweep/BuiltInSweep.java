package org.lilgatsby.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The sweeps that come with the program. To add one, write {@code NAME.yaml} beside this class and name it here. */
public final class BuiltInSweep {
    private static final List<String> NAMES =
            List.of("float32-or-bf16", "sigma", "sigma-trained", "freeze", "optimizer");

    private BuiltInSweep() {}

    /** Their names. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Sweep load(String name) {
        try {
            return SweepFile.parse(yaml(name), name + ".yaml", Path.of(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file of one of them, with the reason beside each value.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static String yaml(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("there is no built-in sweep " + name);
        }
        try (InputStream in = BuiltInSweep.class.getResourceAsStream(name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
