package org.lilgatsby.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need no database load none of its classes. */
class NativeLibraryTest {
    private static final String DATABASE = "org.duckdb.";

    @TempDir
    private Path folder;

    /** Loads the whole program again, and notes which classes of the database it asks for. */
    private static final class Watching extends URLClassLoader {
        private final List<String> asked = new ArrayList<>();

        Watching(URL[] classPath) {
            super(classPath, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(DATABASE)) {
                asked.add(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private static URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static int execute(Watching loader, String... arguments) throws ReflectiveOperationException {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Object commandLine = loader.loadClass("org.lilgatsby.cli.Program")
                .getMethod("commandLine", PrintWriter.class, PrintWriter.class, Map.class)
                .invoke(null, nowhere, nowhere, Map.of());
        return (int)
                commandLine.getClass().getMethod("execute", String[].class).invoke(commandLine, (Object) arguments);
    }

    @Test
    void onlyAQueryLoadsTheDatabase() throws Exception {
        Files.writeString(folder.resolve("runs.csv"), "key,seed\nk,1\n");
        try (Watching loader = new Watching(classPath())) {
            for (String verb : List.of("run", "sweep", "report", "analyze")) {
                assertEquals(0, execute(loader, verb, "--help"));
            }
            assertEquals(0, execute(loader, "--help"));
            assertEquals(0, execute(loader, "experiments"));
            assertEquals(0, execute(loader, "sweep"));
            assertEquals(0, execute(loader, "sweep", "query", "--help"));
            assertEquals(List.of(), loader.asked);
            assertEquals(0, execute(loader, "sweep", "query", folder.toString(), "select * from runs"));
            assertFalse(loader.asked.isEmpty());
            assertTrue(loader.asked.contains("org.duckdb.DuckDBDriver"));
        }
    }
}
