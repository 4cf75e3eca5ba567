package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.KernelChoice.Implementation;

/** The recording does not show what turned the program into machine code, nor what the processor can do. */
@Tag("long")
class SameBitsInEveryMachineTest {
    @ParameterizedTest(name = "{0}, {1} kernels")
    @CsvSource({
        "the interpreter,                   VECTOR, -Xint",
        "the interpreter,                   SCALAR, -Xint",
        "the first compiler,                VECTOR, -XX:TieredStopAtLevel=1",
        "the second compiler,               VECTOR, -Xbatch -XX:-TieredCompilation -XX:CompileThreshold=100",
        "both compilers,                    VECTOR, -XX:Tier3InvocationThreshold=20 -XX:Tier4InvocationThreshold=100",
        "a processor without AVX-512,       VECTOR, -XX:UseAVX=2",
        "a processor without AVX and FMA,   VECTOR, -XX:UseAVX=0",
    })
    void theMachineDoesNotShow(String machine, Implementation kernels, String flags, @TempDir Path root)
            throws IOException, InterruptedException {
        String expected = RecordingHash.of(
                root.resolve("here"), new KernelChoice(Implementation.SCALAR, KernelChoice.PREFERRED), 1);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UseSerialGC",
                "-Xmx256m"));
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                RecordingHash.class.getName(),
                root.resolve("there").toString(),
                kernels.name()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        String actual = output.lines()
                .filter(line -> line.startsWith("SHA-256 "))
                .findFirst()
                .orElse(output);
        assertEquals("SHA-256 " + expected, actual, machine);
    }
}
