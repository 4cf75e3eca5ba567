package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterTensor;

/** What {@code docs/experiments.md} says against the built-in configurations, setting by setting. */
class ExperimentsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "experiments.md");
    private static final String SHARED = "What all five share";

    /** What the title of a section, or the whole document, says already. */
    private static final Set<String> NAMES = Set.of("name", "title", "conclusion");

    private final String document = Files.readString(DOCUMENT);

    ExperimentsDocumentTest() throws IOException {}

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results();
    }

    static List<String> experiments() {
        return BuiltIn.names();
    }

    private String section(String title) {
        int from = document.indexOf("\n## " + title + "\n");
        assertTrue(from >= 0, () -> DOCUMENT + " has no section " + title);
        int to = document.indexOf("\n## ", from + 1);
        return document.substring(from, to < 0 ? document.length() : to);
    }

    /** By key, what a section's table says. */
    private Map<String, String> settings(String title) {
        Map<String, String> settings = new LinkedHashMap<>();
        matches("^\\| `([a-z_0-9.]+)` \\| `([^`]*)` \\|[^|]+\\|$", section(title))
                .forEach(row -> assertNull(settings.put(row.group(1), row.group(2)), row.group(1)));
        long rows = matches("^\\| `", section(title)).count();
        assertEquals(rows, settings.size(), () -> "rows of " + title + " that are a setting, a value and a reason");
        return settings;
    }

    private static ExperimentConfig with(ExperimentConfig config, Map<String, String> settings) {
        return ConfigYaml.parse(
                ConfigYaml.toYaml(config),
                config.name(),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    /** The keys that a YAML document sets, one for each tensor. */
    private static Set<String> keys(String name, String yaml) {
        ConfigOverlay overlay = new ConfigOverlay();
        overlay.add(YamlReader.read(yaml, name), name);
        return overlay.settings().keySet().stream()
                .map(key -> key.replaceFirst("(recording\\.tensors\\.\\w+)\\..*", "$1"))
                .filter(key -> !NAMES.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void defaultsAreThoseOfTheCode() {
        Map<String, String> shared = settings(SHARED);
        assertEquals(
                keys("defaults", ConfigYaml.resource(ConfigYaml.class, "defaults")), new TreeSet<>(shared.keySet()));
        ExperimentConfig plain = ConfigYaml.parse("name: plain", "plain.yaml", List.of());
        assertEquals(plain, with(plain, shared));
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void settingsAreThoseOfTheExperiment(String name) {
        Map<String, String> own = settings("`" + name + "`");
        assertEquals(keys(name, BuiltIn.named(name).yaml()), new TreeSet<>(own.keySet()));
        ExperimentConfig config = BuiltIn.load(name, List.of());
        assertEquals(config, with(config, own));
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void rowsAreThoseOfTheExperiment(String name) {
        String rows = matches("It writes\\s+([\\d,]+) rows", section("`" + name + "`"))
                .findFirst()
                .orElseThrow()
                .group(1);
        ExperimentConfig config = BuiltIn.load(name, List.of());
        assertEquals(config.recording().rows(config.training().steps()), number(rows));
    }

    @Test
    void modelAndTextAreThoseOfTheCode() {
        ExperimentConfig config = BuiltIn.load("float32-edition", List.of());
        String parameters = matches("([\\d,]+) parameters", section(SHARED))
                .findFirst()
                .orElseThrow()
                .group(1);
        assertEquals(
                Models.layout(config.model()).tensors().stream()
                        .mapToInt(ParameterTensor::size)
                        .sum(),
                number(parameters));
        MatchResult text = matches(
                        "synthetic text has ([\\d,]+) bytes, (\\d+) live ids and (\\d+) dead ones",
                        section("The texts"))
                .findFirst()
                .orElseThrow();
        Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("no-cache")))
                .load(config.corpus(), config.model().vocabulary());
        assertEquals(corpus.length(), number(text.group(1)));
        assertEquals(corpus.census().live().length, number(text.group(2)));
        assertEquals(corpus.census().dead().length, number(text.group(3)));
    }

    private static int number(String written) {
        return Integer.parseInt(written.replace(",", ""));
    }
}
