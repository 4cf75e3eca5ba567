package org.lilgatsby.spark;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.lilgatsby.sweep.Point;

/** The jars that executors need beside Spark's. */
final class Libraries {
    private Libraries() {}

    /**
     * This module's jar, the laboratory's, and the libraries that the latter names in its manifest and that lie beside
     * it. Empty for classes that are in no jar: such a program can be compiled and tested, but not sent.
     */
    static List<Path> ofProgram() throws IOException {
        Path laboratory = origin(Point.class);
        Path own = origin(Libraries.class);
        if (!Files.isRegularFile(laboratory) || !Files.isRegularFile(own)) {
            return List.of();
        }
        List<Path> jars = new ArrayList<>(List.of(own, laboratory));
        for (String name : classPath(laboratory)) {
            jars.add(laboratory.resolveSibling(name));
        }
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new IOException(jar + " is missing; build the program again");
            }
        }
        return jars;
    }

    private static List<String> classPath(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String value = file.getManifest() == null
                    ? null
                    : file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (value == null) {
                throw new IOException(jar + " does not name its libraries; build the program again");
            }
            return List.of(value.split(" "));
        }
    }

    private static Path origin(Class<?> type) {
        URI location;
        try {
            location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return Path.of(location);
    }
}
