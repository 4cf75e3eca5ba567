package org.lilgatsby.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class ExecutorFlagsTest {
    private static final String OPENS = "--add-opens=java.base/";

    /** What a run that needs a larger heap advises; the launcher's variable is of no use to an executor. */
    private static final String HEAP = "-Dlilgatsby.heap.setting=spark.executor.memory";

    @Test
    void areTheLaunchers() throws IOException {
        String launcher = Files.readString(Path.of("..", "lilgatsby"));
        List<String> flags = List.of(ExecutorFlags.with("").split(" "));
        flags.stream().filter(flag -> !flag.equals(HEAP)).forEach(flag -> assertTrue(launcher.contains(flag), flag));
        Stream.of(launcher.split("[\\s']+"))
                .filter(flag ->
                        flag.startsWith("-XX:") && !flag.matches("-XX:(MaxRAMPercentage|DumpLoadedClassList|Shared).*"))
                .forEach(flag -> assertTrue(ExecutorFlags.with("").contains(flag), flag));
    }

    @Test
    void nameSparksSettingOfTheHeap() {
        assertTrue(List.of(ExecutorFlags.with("").split(" ")).contains(HEAP));
    }

    @Test
    void theUsersComeLast() {
        assertTrue(ExecutorFlags.with("-Dx=1").endsWith(" -XX:+UseSerialGC -Dx=1"));
        assertTrue(ExecutorFlags.with("-XX:+UseG1GC -Dx=1").endsWith(" -XX:+UseG1GC -Dx=1"));
        assertFalse(ExecutorFlags.with("-XX:+UseG1GC").contains("Serial"));
    }

    @Test
    void theDriversAreSparks() throws IOException {
        Set<String> here = Object.class.getModule().getPackages();
        List<String> sparks = Stream.of(JavaModuleOptions.defaultModuleOptionArray())
                .filter(flag -> !flag.startsWith(OPENS)
                        || here.contains(flag.substring(OPENS.length()).replace("=ALL-UNNAMED", "")))
                .toList();
        List<String> drivers;
        try (Stream<String> lines = Files.lines(Path.of("java.options"))) {
            drivers = lines.filter(line -> !line.startsWith("#")).toList();
        }
        assertEquals(sparks, drivers);
    }
}
