package org.lilgatsby.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.files.Sha256;

/**
 * One HTML file that opens offline: the content of a page, its scripts, and the library that draws the charts. Its
 * content security policy allows only its own scripts to run, and nothing to be loaded.
 */
public final class HtmlPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    /** What makes a script a module: it may share its names, and take those of modules beside it. */
    private static final Pattern MODULE = Pattern.compile("(?m)^(?:import .*;\\R|export )");

    /** What every page draws its figures with. The first two are modules, which the explorer draws with as well. */
    private static final List<String> SHARED = List.of("scales.js", "charts.js", "shell.js");

    private HtmlPage() {}

    /**
     * Fills in a page.
     *
     * @param owner beside which {@code page.html} and the page's own scripts and style sheets are
     * @param styles style sheets that follow the one of all pages
     * @param scripts the page's own scripts, which follow those of all pages
     * @param content HTML for each place of the page, apart from {@code policy}, {@code style}, {@code library} and
     *     {@code script}
     */
    public static String of(Class<?> owner, List<String> styles, List<String> scripts, Map<String, String> content) {
        String library = resource(HtmlPage.class, "echarts/echarts.min.js");
        String script = Stream.concat(
                        SHARED.stream().map(name -> inlined(resource(HtmlPage.class, name))),
                        scripts.stream().map(name -> resource(owner, name)))
                .collect(Collectors.joining("\n", "(() => {\n\"use strict\";\n", "})();\n"));
        String style = Stream.concat(
                        Stream.of(resource(HtmlPage.class, "page.css")),
                        styles.stream().map(name -> resource(owner, name)))
                .collect(Collectors.joining("\n"));
        Map<String, String> all = new HashMap<>(content);
        all.put("policy", policy(library, script));
        all.put("style", style);
        all.put("library", library);
        all.put("script", script);
        return filled(resource(owner, "page.html"), all);
    }

    /** Only these two scripts may run, and nothing may be loaded. */
    private static String policy(String... scripts) {
        String hashes = Arrays.stream(scripts)
                .map(script -> "'sha256-" + sha256(script) + "'")
                .collect(Collectors.joining(" "));
        return "default-src 'none'; script-src " + hashes
                + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.bytesOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Fills all placeholders in one pass, so inserted text is never searched for placeholders. */
    private static String filled(String page, Map<String, String> content) {
        StringBuilder filled = new StringBuilder();
        Matcher place = PLACE.matcher(page);
        int from = 0;
        while (place.find()) {
            filled.append(page, from, place.start()).append(content.get(place.group(1)));
            from = place.end();
        }
        return filled.append(page, from, page.length()).toString();
    }

    /** A module as a part of one script, in which all names are known. */
    private static String inlined(String module) {
        return MODULE.matcher(module).replaceAll("");
    }

    private static String resource(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its own " + name + "; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
