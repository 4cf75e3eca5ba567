package org.lilgatsby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.checkpoint.HuggingFaceExport;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ComparedFigure;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.recording.Checksums;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.TensorSpec;

/** What {@code docs/recordings.md} says against the code: files, tensors with type and shape, keys, members. */
class RecordingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "recordings.md");
    private static final String SMALL = "model.width=8 model.layers=1 model.context=8";

    /** Sizes that the letters of the document have in the runs of this test. */
    private static final Map<String, Long> SIZES = Map.of("R", 4L, "V", 128L, "D", 8L);

    private final String document = Files.readString(DOCUMENT);

    RecordingsDocumentTest() throws IOException {}

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results();
    }

    private static Set<String> names(String text) {
        return matches("`([^`]+)`", text).map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The section with a title, its tables with a head that begins in the given way, row by row and cell by cell. */
    private List<String[]> table(String title, String head) {
        int from = document.indexOf("\n## " + title + "\n");
        assertTrue(title.isEmpty() || from >= 0, () -> DOCUMENT + " has no section " + title);
        String section = document.substring(Math.max(from, 0));
        int table = section.indexOf("\n| " + head);
        int next = section.indexOf("\n## ", 1);
        assertTrue(table >= 0 && (next < 0 || table < next), () -> title + " has no table " + head);
        return section.substring(table + 1)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.substring(1, line.length() - 1).strip().split(" \\| "))
                .toList();
    }

    private Set<String> firstColumn(String title, String head) {
        return table(title, head).stream()
                .flatMap(row -> names(row[0]).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By each name of the first column, the whole row. */
    private Map<String, String[]> rows(String title, String head) {
        Map<String, String[]> rows = new TreeMap<>();
        for (String[] row : table(title, head)) {
            names(row[0]).forEach(name -> rows.put(name, row));
        }
        return rows;
    }

    private static ExperimentConfig config(String experiment, String... more) {
        return ShortRuns.config(
                experiment,
                Stream.concat(Arrays.stream(SMALL.split(" ")), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private static SafetensorsLayout layout(ExperimentConfig config) {
        return ExperimentRun.plan(config, ShortRuns.corpus(config)).layout();
    }

    @Test
    void filesAreThoseOfTheCode() throws ReflectiveOperationException {
        Set<String> inCode = new TreeSet<>();
        RunDirectory run = new RunDirectory(Path.of("run"));
        for (Method method : RunDirectory.class.getMethods()) {
            if (method.getReturnType() == Path.class && method.getParameterCount() == 0) {
                inCode.add(run.root()
                        .relativize((Path) method.invoke(run))
                        .toString()
                        .replace('\\', '/'));
            }
        }
        inCode.removeAll(List.of("", "model", "model/model.safetensors", "steps", "checkpoint", "checkpoints"));
        inCode.addAll(List.of(
                "model/",
                "steps/" + RunDirectory.stepFile(0),
                "checkpoint/state.safetensors",
                "checkpoints/" + RunDirectory.stepFile(0)));
        assertEquals(inCode, firstColumn("", "file | what it holds"));
        assertEquals(new TreeSet<>(HuggingFaceExport.files()), firstColumn("The model", "file in `model/`"));
    }

    private static String shape(TensorSpec spec) {
        return Arrays.toString(spec.shape().dimensions());
    }

    /** A shape of the document with its letters' sizes, or as it is where a letter has none. */
    private static String sized(String shape) {
        String sized = shape;
        for (Map.Entry<String, Long> size : SIZES.entrySet()) {
            sized = sized.replace(size.getKey(), size.getValue().toString());
        }
        return sized;
    }

    @Test
    void recordedTensorsAreThoseOfTheCode() {
        Map<String, String[]> rows = rows("The recording", "`observe` | shape");
        Set<String> observables = new TreeSet<>(Observables.ALL.names());
        assertEquals(observables, rows.keySet());
        for (boolean tied : new boolean[] {true, false}) {
            SafetensorsLayout layout = layout(config(
                    "instrumented",
                    Stream.concat(
                                    Stream.of("model.tied=" + tied),
                                    Observables.ALL.all().stream()
                                            .filter(each -> tied ? !each.needsHead() : !each.needsBothParts())
                                            .map(Observable::name)
                                            .map("recording.tensors.%s={observe: %1$s, format: f32}"::formatted))
                            .toArray(String[]::new)));
            for (TensorSpec spec : layout.tensors()) {
                if (rows.containsKey(spec.name())) {
                    assertEquals(shape(spec), sized(rows.get(spec.name())[1]), spec.name());
                    observables.remove(spec.name());
                }
            }
        }
        assertEquals(Set.of(), observables);
    }

    @Test
    void constantsAreThoseOfTheCode() {
        Map<String, String[]> rows = rows("The recording", "constant | type, shape");
        Set<String> constants = new TreeSet<>(Constants.ALL.names());
        SafetensorsLayout layout =
                layout(config("instrumented", "recording.constants=[" + String.join(", ", constants) + "]"));
        assertTrue(document.contains("`recorded_steps`, I64 [R]"));
        assertEquals(
                "I64 [4]",
                layout.tensors().stream()
                        .filter(spec -> spec.name().equals("recorded_steps"))
                        .map(spec -> spec.dtype() + " " + shape(spec))
                        .findFirst()
                        .orElseThrow());
        constants.remove("recorded_steps");
        assertEquals(constants, rows.keySet());
        for (TensorSpec spec : layout.tensors()) {
            if (rows.containsKey(spec.name())) {
                String[] said = rows.get(spec.name())[1].split(",? ", 2);
                if (said[0].startsWith("[")) {
                    assertTrue(rows.get(spec.name())[1].startsWith("[V, D]"), spec.name());
                    assertEquals(sized("[V, D]"), shape(spec));
                } else {
                    assertEquals(spec.dtype().toString(), said[0], spec.name());
                    String written = said[1].equals("[n]") ? shape(spec) : sized(said[1]);
                    assertEquals(shape(spec), written, spec.name());
                }
            }
        }
    }

    @Test
    void metadataKeysAreThoseOfTheCode() {
        assertEquals(
                new TreeSet<>(layout(config("instrumented")).metadata().keySet()),
                firstColumn("What a recording says about itself", "key | text"));
    }

    @Test
    void checkpointAndChecksumsAreThoseOfTheCode(@TempDir Path folder) throws IOException {
        ExperimentConfig config = ShortRuns.config("instrumented", "perturbation.sigma=1e-4", "precision.update=kahan");
        RunDirectory run = ShortRuns.run(folder.resolve("run"), config);
        Map<String, String> said = new TreeMap<>();
        for (String[] row : table("The checkpoint and the checksums", "tensor | type, shape")) {
            List<String> types = matches("(\\w+) \\[(\\w*)\\]", row[1])
                    .map(MatchResult::group)
                    .toList();
            List<String> tensors =
                    matches("`(\\w+)`", row[0]).map(name -> name.group(1)).toList();
            for (int i = 0; i < tensors.size(); i++) {
                said.put(tensors.get(i), types.get(Math.min(i, types.size() - 1)));
            }
        }
        Map<String, String> stored = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(run.checkpoint().resolve("state.safetensors"))) {
            long parameters = file.tensor("parameters").spec().shape().elements();
            said.replaceAll(
                    (_, type) -> type.replace("[P]", "[" + parameters + "]").replace("[n]", "[3]"));
            file.tensors().forEach(spec -> stored.put(spec.name(), spec.dtype() + " " + shape(spec)));
        }
        assertEquals(said, stored);

        Set<String> forms = names(document.substring(document.indexOf("holds CRC32C sums, U32")));
        try (Recording recording =
                Recording.open(run, config.recording(), config.training().steps())) {
            for (String name : Checksums.of(run, recording).sums().keySet()) {
                assertTrue(
                        forms.contains(name.replaceFirst("^recording\\.\\w+\\.(steps|tokens)$", "recording.NAME.$1"))
                                || forms.contains(name.replaceFirst("^recording\\.\\w+$", "recording.CONSTANT"))
                                || forms.contains(name.replaceFirst("^(model|checkpoint)\\..+$", "$1.NAME")),
                        name);
            }
        }
    }

    private static String key(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named != null
                ? named.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The record that a component holds one or several of; null if it holds none. */
    private static Class<?> record(Type type) {
        if (type instanceof ParameterizedType several) {
            return record(several.getActualTypeArguments()[0]);
        }
        return type instanceof Class<?> one && one.isRecord() ? one : null;
    }

    /** The members of an object as it is written: those of an unwrapped part are its own. */
    private static Set<String> members(Class<?> record) {
        return components(record).map(RecordingsDocumentTest::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<RecordComponent> components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> !component.getAccessor().isAnnotationPresent(JsonIgnore.class))
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? components(component.getType())
                        : Stream.of(component));
    }

    /** All members of the records below one, but not of those that are left out. */
    private static Set<String> below(Class<?> record, Set<Class<?>> leftOut) {
        Set<String> all = new TreeSet<>();
        for (RecordComponent component : components(record).toList()) {
            Class<?> inner = record(component.getGenericType());
            if (inner != null && !leftOut.contains(inner)) {
                all.addAll(members(inner));
                all.addAll(below(inner, leftOut));
            }
        }
        return all;
    }

    private void assertMembers(String title, Class<?> record, Set<Class<?>> leftOut, String... more) {
        Set<String> members = members(record);
        members.addAll(List.of(more));
        assertEquals(members, firstColumn(title, "member | what"));
        Set<String> said = table(title, "member of | members").stream()
                .flatMap(row -> names(row[1]).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(below(record, leftOut), said);
    }

    @Test
    void manifestIsThatOfTheCode() {
        assertMembers("The manifest", Manifest.class, Set.of(), "seal");
    }

    @Test
    void reportIsThatOfTheCode() {
        // A figure is written as its name.
        assertMembers("The results", Findings.class, Set.of(ExperimentConfig.class, ComparedFigure.class));
    }
}
