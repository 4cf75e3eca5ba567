package org.lilgatsby.explorer.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's files, all of them resources of the program:
 *
 * <table>
 *   <caption>Where an address leads</caption>
 *   <tr><td>{@code /}</td><td>{@code index.html} of the page</td></tr>
 *   <tr><td>{@code /explore/…}</td><td>the page's modules and styles</td></tr>
 *   <tr><td>{@code /charts/…}</td><td>drawing code shared with the reports</td></tr>
 *   <tr><td>{@code /lib/…}</td><td>libraries</td></tr>
 * </table>
 */
final class PageFiles {
    /** No name begins with a dot, so that none leads upwards. */
    private static final Pattern PATH = Pattern.compile(
            "/(explore|charts|lib)/((?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*\\.([a-z0-9]+))");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "json", "application/json");

    private static final String PAGE = "/org/lilgatsby/explorer/page/";

    private static final Map<String, List<String>> FOLDERS = Map.of(
            "explore", List.of(PAGE),
            "charts", List.of("/org/lilgatsby/report/"),
            "lib", List.of("/org/lilgatsby/explorer/lib/", "/org/lilgatsby/report/echarts/"));

    private final Map<String, File> read = new ConcurrentHashMap<>();

    /**
     * A file to be sent.
     *
     * @param type its media type
     */
    record File(String type, byte[] bytes) {}

    /**
     * The file of a path.
     *
     * @throws Refusal if there is none
     * @throws IOException if it cannot be read
     */
    File find(String path) throws IOException {
        File known = read.get(path);
        if (known == null) {
            known = found(path);
            read.put(path, known);
        }
        return known;
    }

    private static File found(String path) throws IOException {
        if (path.equals("/")) {
            return read(PAGE + "index.html", "html").orElseThrow(PageFiles::missing);
        }
        Matcher match = PATH.matcher(path);
        if (!match.matches()) {
            throw missing();
        }
        for (String folder : FOLDERS.get(match.group(1))) {
            Optional<File> file = read(folder + match.group(2), match.group(3));
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw missing();
    }

    private static Optional<File> read(String resource, String extension) throws IOException {
        String type = TYPES.get(extension);
        try (InputStream in = type == null ? null : PageFiles.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new File(type, in.readAllBytes()));
        }
    }

    private static Refusal missing() {
        return Refusal.notFound("There is no such page.");
    }
}
