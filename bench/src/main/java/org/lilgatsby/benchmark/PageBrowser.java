package org.lilgatsby.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium, driven by Node and playwright-core with the program {@code explore.mjs}.
 *
 * @param node the executable of Node
 * @param chromium that of the browser
 * @param playwright a folder from which Node finds playwright-core
 */
public record PageBrowser(String node, Path chromium, Path playwright) {
    private static final JsonMapper JSON = FiniteJson.mapper().build();
    private static final String SCRIPT = "explore.mjs";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final String FIND =
            "require(require('node:path').resolve(process.argv[1],'node_modules/playwright-core/"
                    + "package.json')).version.split('.').length";

    /**
     * A measurement.
     *
     * @param what in words
     * @param found the figure
     * @param unit of it
     * @param demand what is demanded; null if nothing is
     * @param most whether that is the most allowed, not the least
     */
    public record Measured(String what, double found, String unit, Double demand, boolean most) {
        /** Whether the demand is met, rates counted in whole numbers. */
        public boolean holds() {
            return demand == null || (most ? found <= demand : Math.round(found) >= demand);
        }
    }

    /**
     * Looks for all three.
     *
     * @param named the browser's executable, if the user names one
     * @throws IOException if one is missing, with what to do about it
     */
    public static PageBrowser find(String node, Optional<Path> named, Path playwright) throws IOException {
        Optional<Path> chromium = named.isPresent() ? named.filter(Files::isExecutable) : onPath();
        if (chromium.isEmpty()) {
            throw new IOException(named.map(path -> path + ": cannot be started; name Chromium")
                    .orElse("Chromium is not installed; install it, or name it with --chromium PATH"));
        }
        if (!succeeds(List.of(node, "--version"))) {
            throw new IOException("'%s' cannot be started; install Node 20 or later, or name it with --node PATH"
                    .formatted(Text.escape(node)));
        }
        if (!succeeds(List.of(node, "-e", FIND, playwright.toString()))) {
            throw new IOException("""
                    %s holds no playwright-core, which drives the browser; install it, for example:
                      npm install --prefix browser playwright-core
                      lilgatsby bench explore --playwright browser""".formatted(playwright));
        }
        return new PageBrowser(node, chromium.get(), playwright);
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean succeeds(List<String> command) throws IOException {
        try {
            return wait(new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return false;
        }
    }

    /** What is told of each measurement as it comes. */
    @FunctionalInterface
    public interface Listener {
        void measured(Measured measured);
    }

    /**
     * Measures; what Node says on the way goes to standard error.
     *
     * @param plan what the script asks for
     * @param scratch a folder for it
     * @throws IOException if the browser fails
     */
    public void measure(Map<String, Object> plan, Path scratch, Listener listener) throws IOException {
        Path script = scratch.resolve(SCRIPT);
        try (InputStream in = PageBrowser.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, in.readAllBytes());
        }
        Path file = Files.writeString(scratch.resolve("plan.json"), JSON.writeValueAsString(plan));
        Process process = new ProcessBuilder(node, script.toString(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                listener.measured(parse(line));
                lines.add(line);
            }
        } finally {
            process.destroy();
        }
        int code = wait(process);
        if (code != 0) {
            throw new IOException("%s ended with exit code %d after %d measurements; what it said is above"
                    .formatted(SCRIPT, code, lines.size()));
        }
    }

    static Measured parse(String line) throws IOException {
        try {
            JsonNode json = JSON.readTree(line);
            JsonNode demand = json.get("demand");
            return new Measured(
                    Text.escape(json.get("what").asString()),
                    json.get("found").asDouble(),
                    json.get("unit").asString(),
                    demand == null ? null : demand.asDouble(),
                    json.has("most") && json.get("most").asBoolean());
        } catch (JacksonException | NullPointerException e) {
            throw new IOException(SCRIPT + " printed no measurement but " + Text.quote(line), e);
        }
    }

    /** Its version, in words. */
    public String version() throws IOException {
        Process process = new ProcessBuilder(chromium.toString(), "--version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return wait(process) == 0 && !said.isEmpty() ? Text.escape(said) : "Chromium of unknown version";
    }

    private static int wait(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the browser worked", e);
        }
    }
}
