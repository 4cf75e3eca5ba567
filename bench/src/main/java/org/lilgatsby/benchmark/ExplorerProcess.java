package org.lilgatsby.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@code lilgatsby explore} in a process of its own, with little heap; closing it ends it. */
public final class ExplorerProcess implements AutoCloseable {
    /** What a server may use, whatever the size of a recording. */
    public static final int HEAP_MEGABYTES = 300;

    private final Process process;
    private final String address;

    private ExplorerProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one.
     *
     * @param directory what it shows
     * @throws IOException if it does not start
     */
    public static ExplorerProcess of(Path directory) throws IOException {
        Process process = ProgramProcess.builder(
                        List.of("-Xmx" + HEAP_MEGABYTES + "m"), List.of("explore", directory.toString(), "--no-open"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String address = said.readLine();
        if (address == null) {
            process.destroy();
            throw new IOException("the explorer of %s did not start".formatted(directory));
        }
        return new ExplorerProcess(process, address);
    }

    /** Where it answers, with its token. */
    public String address() {
        return address;
    }

    @Override
    public void close() {
        ProgramProcess.end(process);
    }
}
