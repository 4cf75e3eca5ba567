package org.lilgatsby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.settings.SettingException;

class SweepTest {
    private static final CorpusHash CORPORA = (corpus, vocabulary) -> Sha256.of((corpus + "/" + vocabulary).getBytes());

    @TempDir
    private Path folder;

    private static Sweep sweep(String... varied) throws IOException {
        return Sweep.of("float32-edition").varying(List.of(varied), null);
    }

    private Sweep file(String yaml) throws IOException {
        return Sweep.read(Files.writeString(folder.resolve("my-sweep.yaml"), yaml));
    }

    private static List<String> described(Sweep sweep) {
        return sweep.points(CORPORA).stream().map(Point::toString).toList();
    }

    private static String message(org.junit.jupiter.api.function.Executable what) {
        return assertThrows(SettingException.class, what).getMessage();
    }

    /** Also those that a printed configuration leaves out while they are off. */
    @Test
    void noiseAfterAnUpdateCanVary() throws IOException {
        Sweep sweep = sweep("perturbation.sigma=0,1e-3,1e-2");
        assertEquals(
                List.of("perturbation.sigma 0", "perturbation.sigma 0.001", "perturbation.sigma 0.01"),
                described(sweep));
        assertEquals(
                3,
                sweep.points(CORPORA).stream()
                        .map(point -> point.key().sha256())
                        .distinct()
                        .count());
    }

    /** Another mode takes back the scale and sigma of the one before; what was asked for must not vanish with them. */
    @Test
    void whatIsSetForAllRunsIsNotTakenBackByAnAxis() throws IOException {
        Sweep modes = sweep("initialization.mode=unit-noise,bf16-native");
        assertEquals(
                "--set initialization.sigma=1e-3: initialization.sigma is set for all runs, but its meaning "
                        + "depends on initialization.mode, which varies; vary it too, if only over one value",
                message(() -> described(modes.setting(List.of("initialization.sigma=1e-3")))));
        Sweep file = file("""
                experiment: float32-edition
                set: {initialization.scale: 2}
                vary: {initialization.mode: [unit-noise, unit-singular]}
                """);
        assertTrue(message(() -> described(file)).contains("line 2: initialization.scale is set for all runs"));
        assertEquals(
                2,
                described(modes.setting(List.of("initialization.sigma=null"))).size());
        assertEquals(
                2,
                described(modes.setting(List.of("initialization.positions=0.01")))
                        .size());
        Sweep both = modes.varying(List.of("initialization.sigma=1e-3"), null);
        assertEquals(
                List.of(1e-3, 1e-3),
                both.points(CORPORA).stream()
                        .map(point -> point.config().initialization().sigma())
                        .toList());
        Sweep stored = file(both.toYaml(folder, folder.resolve("store")));
        assertEquals(described(both), described(stored));
    }

    @Test
    void theLastAxisVariesFastest() throws IOException {
        Sweep sweep =
                Sweep.of("float32-edition").varying(List.of("initialization.mode=unit-noise,bf16-native"), "42..44");
        assertEquals("float32-edition", sweep.name());
        assertEquals(Keep.SERIES, sweep.keep());
        assertEquals(List.of("initialization.mode", "seed"), sweep.varied());
        assertEquals(List.of("initialization.mode"), sweep.compared());
        assertEquals(
                List.of(
                        "initialization.mode unit-noise, seed 42",
                        "initialization.mode unit-noise, seed 43",
                        "initialization.mode unit-noise, seed 44",
                        "initialization.mode bf16-native, seed 42",
                        "initialization.mode bf16-native, seed 43",
                        "initialization.mode bf16-native, seed 44"),
                described(sweep));
    }

    @Test
    void aPointIsTheRunThatItsSettingsGive() throws IOException {
        Sweep sweep = Sweep.of("float32-edition")
                .varying(List.of("initialization.mode=bf16-native"), "43")
                .setting(List.of("training.steps=7"));
        Point point = sweep.points(CORPORA).getFirst();
        var config = BuiltIn.load(
                "float32-edition", List.of("initialization.mode=bf16-native", "seed=43", "training.steps=7"));
        assertEquals(config, point.config());
        String corpus = CORPORA.sha256(config.corpus(), config.model().vocabulary());
        assertEquals(ResultKey.of(config, corpus, Manifest.ARITHMETIC), point.key());
    }

    @Test
    void everyKeyIsThatOfItsConfiguration() throws IOException {
        sweep("seed=1,4294967295", "training.batch=4,8", "initialization.mode=unit-noise,bf16-native")
                .varying(List.of(), "1,2,4294967295")
                .points((_, _) -> "corpus")
                .forEach(point ->
                        assertEquals(ResultKey.of(point.config(), "corpus", Manifest.ARITHMETIC), point.key()));
    }

    @Test
    void aFileSaysTheSameUnderTheSameNames() throws IOException {
        Sweep sweep = file("""
                name: float32-or-bf16
                experiment: float32-edition     # a reason
                set: {training.batch: 8, training: {steps: 20}}
                vary:
                  initialization.mode: [unit-noise, bf16-native]
                  seed: 42..43
                keep: figures
                compare: [initialization.mode]
                """);
        assertEquals("float32-or-bf16", sweep.name());
        assertEquals(Keep.FIGURES, sweep.keep());
        Sweep same = sweep("initialization.mode=unit-noise,bf16-native", "seed=42..43")
                .setting(List.of("training.batch=8", "training.steps=20"));
        assertEquals(same.points(CORPORA), sweep.points(CORPORA));
        assertEquals(8, sweep.points(CORPORA).getFirst().config().training().batch());
    }

    @Test
    void aFileNamesTheFiguresToBeToldFirst() throws IOException {
        Sweep sweep = file("""
                experiment: float32-edition
                vary: {seed: 1..3}
                headlines: [rest.dead.median_end, last_loss]
                """);
        assertEquals(List.of("rest.dead.median_end", "last_loss"), sweep.headlines());
        assertEquals(List.of(), sweep("seed=1..3").headlines());
        String yaml = sweep.toYaml(folder, folder.resolve("store"));
        assertTrue(yaml.contains("\nheadlines: [rest.dead.median_end, last_loss]\n"), yaml);
        assertEquals(sweep.headlines(), file(yaml).headlines());
        assertEquals(
                "my-sweep.yaml line 3: headlines must be a list of names of figures, but holds a list",
                message(() -> file("experiment: instrumented\nvary: {seed: 1..3}\nheadlines: [[a]]"))
                        .replace(folder + "/", ""));
    }

    @Test
    void aCommandLineReplacesAnAxisOfTheFile() throws IOException {
        Sweep sweep = file("""
                experiment: float32-edition
                vary: {training.batch: [8, 16], seed: 42..73}
                """);
        assertEquals("my-sweep", sweep.name());
        assertEquals(
                List.of("training.batch 8, seed 1", "training.batch 16, seed 1"),
                described(sweep.varying(List.of(), "1")));
        assertEquals(List.of("seed 7"), described(sweep.varying(List.of(), "7").setting(List.of("training.batch=4"))));
        assertEquals(Keep.RECORDING, sweep.keeping(Keep.RECORDING).keep());
    }

    @Test
    void anExperimentMayBeAFileBesideIt() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "training: {steps: 3}\n");
        Sweep sweep = file("experiment: ./mine.yaml\nvary: {seed: [1, 2]}\n");
        assertEquals(3, sweep.points(CORPORA).getLast().config().training().steps());
        assertEquals("mine", Sweep.of(folder.resolve("mine.yaml").toString()).name());
    }

    @Test
    void settingsVaryTogether() throws IOException {
        Sweep sweep = file("""
                experiment: float32-edition
                together:
                  - {precision.compute: f32, training.learning_rate: 1e-3}
                  - {training.learning_rate: 0.0020, precision.compute: bf16}
                vary: {seed: [1, 2]}
                """);
        assertEquals(
                List.of(
                        "precision.compute f32, training.learning_rate 0.001, seed 1",
                        "precision.compute f32, training.learning_rate 0.001, seed 2",
                        "precision.compute bf16, training.learning_rate 0.002, seed 1",
                        "precision.compute bf16, training.learning_rate 0.002, seed 2"),
                described(sweep));
    }

    @Test
    void pointsAreLeftOut() throws IOException {
        Sweep sweep = file("""
                experiment: float32-edition
                vary: {training.batch: [8, 16], seed: 1..4}
                exclude:
                  - {training.batch: 8, seed: [1, 3..4]}
                  - {seed: 2.0}
                """);
        assertEquals(
                List.of("training.batch 16, seed 1", "training.batch 16, seed 3", "training.batch 16, seed 4"),
                described(sweep));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed=1, 3 , 10..12 | 1 3 10 11 12",
                "seed=[1, 2, 5..6] | 1 2 5 6",
                "initialization.sigma=log(1e-6, 1e-4, 5) | 0.000001 3.16227766017e-6 0.00001 3.16227766017e-5 0.0001",
                "initialization.sigma=log(1e-4, 1e-6, 3),0 | 0.0001 0.00001 0.000001 0",
                "training.learning_rate=linear(0.1, 0.4, 4) | 0.1 0.2 0.3 0.4",
                "training.batch=linear(100, 300, 3) | 100 200 300",
                "training.steps=log(1, 100, 3) | 1 10 100",
                "corpus.source=\"a,b\",../c.txt,null | a,b ../c.txt null",
            })
    void valuesAreWrittenInManyWays(String axis, String expected) throws IOException {
        Sweep sweep = sweep(axis);
        String key = sweep.varied().getFirst();
        List<String> found = new ArrayList<>();
        sweep.points(CORPORA).forEach(point -> found.add(point.settings().get(key)));
        List<String> values =
                Stream.of(expected.split(" ")).map(SweepTest::canonical).toList();
        assertEquals(values, found);
    }

    private static String canonical(String value) {
        return value.matches("[0-9.e-]*[.e][0-9e-]*")
                ? org.lilgatsby.settings.Settings.plain(Double.parseDouble(value))
                : value;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "training.batc=1,2",
                        "--vary training.batc=1,2: unknown key training.batc; did you mean training.batch?"),
                Arguments.of(
                        "training=1,2",
                        "--vary training=1,2: training is a group of settings; name one of them, such as "
                                + "training.steps"),
                Arguments.of(
                        "training.batch=8,0",
                        "--vary training.batch=8,0: training.batch is 0; allowed are whole numbers from 1 to "),
                Arguments.of(
                        "training.batch=8,many",
                        "--vary training.batch=8,many: training.batch must be a whole number, but is \"many\""),
                Arguments.of("training.batch=[]", "--vary training.batch=[]: training.batch has no value"),
                Arguments.of("training.batch=", "--vary training.batch=: a value of training.batch is missing"),
                Arguments.of("training.batch=8,,9", "--vary training.batch=8,,9: a value of training.batch is missing"),
                Arguments.of("seed", "--vary seed: expected key.path=values"),
                Arguments.of("seed=9..7", "--vary seed=9..7: seed is 9..7, which is empty"),
                Arguments.of("seed=1,1", "the point seed 1 occurs twice; leave one out"),
                Arguments.of(
                        "seed=0..4000000000",
                        "--vary seed=0..4000000000: seed has 4,000,000,001 values; a sweep has at most 1,000,000"),
                Arguments.of(
                        "training.learning_rate=log(0, 1, 3)",
                        "--vary training.learning_rate=log(0, 1, 3): training.learning_rate is log(0, 1, 3), "
                                + "but equal"),
                Arguments.of(
                        "seed=log(1, 3)", "--vary seed=log(1, 3): seed is log(1, 3); expected first, last and how"),
                Arguments.of("seed=linear(1, 3, 1)", "--vary seed=linear(1, 3, 1): seed is linear(1, 3, 1), but both"),
                Arguments.of(
                        "recording.layout=stream,per-step",
                        "--vary recording.layout=stream,per-step: recording.layout changes no result"),
                Arguments.of(
                        "training.optimizer=adamw,sgd",
                        "at the point training.optimizer sgd: recording.tensors.momentum observes momentum, but "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{seed: log(1, 9, 3)}", "{seed: [linear(1, 9, 3), 12]}"})
    void aRangeThatYamlTookApartIsSaidToNeedQuotationMarks(String vary) {
        String yaml = "experiment: float32-edition\nvary: " + vary;
        String message = message(() -> SweepFile.parse(yaml, "s.yaml", Path.of("s.yaml")));
        assertTrue(message.startsWith("s.yaml line 2"), message);
        assertTrue(message.contains("quotation marks, such as") || message.contains("stands in quotation"), message);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatCannotBeIsSaidBeforeAnythingRuns(String axis, String expected) {
        String message = message(() -> Sweep.of("instrumented")
                .varying(List.of(axis), null)
                .setting(List.of("recording.tensors.momentum={observe: momentum}"))
                .points(CORPORA));
        assertTrue(message.startsWith(expected), message);
    }

    static Stream<Arguments> faultsOfFiles() {
        return Stream.of(
                Arguments.of("", ": expected keys such as experiment and vary, one per line, but found nothing"),
                Arguments.of(
                        "vary: {seed: 1}",
                        ": experiment is missing; name a built-in one or a YAML file, or give its settings"),
                Arguments.of("varry: {seed: 1}", " line 1: unknown key varry; did you mean vary?"),
                Arguments.of(
                        "experiment: flot32-edition", " line 1: unknown experiment 'flot32-edition'; did you mean"),
                Arguments.of("experiment: \"a/\\0\"", " line 1: experiment is not a valid path"),
                Arguments.of("experiment: [a]", " line 1: experiment must be text, but is a list"),
                Arguments.of("name: A B\nexperiment: instrumented", " line 1: name is \"A B\"; allowed are"),
                Arguments.of("experiment: instrumented\nkeep: al", " line 2: keep is \"al\"; allowed are figures, "),
                Arguments.of(
                        "experiment: instrumented\nset: {training.step: 1}",
                        " line 2: unknown key training.step; did you mean training.steps?"),
                Arguments.of(
                        "experiment: instrumented\nset:\n  seed: 1\nvary: {seed: 1..2}",
                        " line 3: seed is set, but also varies; leave one of them out"),
                Arguments.of("experiment: instrumented\nvary: 3", " line 2: vary must be a group of settings, but"),
                Arguments.of(
                        "experiment: instrumented\nvary:\n  seed: []",
                        " line 3, axis seed: seed has no value; give at least one"),
                Arguments.of(
                        "experiment: instrumented\nvary:\n  seed: [1, -1]",
                        " line 3, axis seed: seed is -1; allowed are whole numbers from 0 to 4294967295"),
                Arguments.of(
                        "experiment: instrumented\nvary:\n  training.batch: 1\n  training: {batch: 2}",
                        " line 4: training.batch is given twice, first on line 3"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1}\ntogether: [{seed: 2}]",
                        " line 2, axis seed: seed already varies"),
                Arguments.of("experiment: instrumented\ntogether: []", " line 2: together must be a list of settings"),
                Arguments.of(
                        "experiment: instrumented\ntogether:\n - {seed: 2}\n - {training.batch: 2}",
                        " line 4: has training.batch, but the first of together has seed; give each the same"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\nexclude: [{sed: 1}]",
                        " line 3: unknown key sed;"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\nexclude: [{model.width: 1}]",
                        " line 3, exclude: model.width is not varied; what varies: seed"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\nexclude: [{seed: 4}]",
                        " line 3, exclude: seed is never 4; it is 1, 2, 3"),
                Arguments.of(
                        "experiment: instrumented\ntogether:\n - {seed: 1, training.batch: 8}\n"
                                + " - {seed: 2, training.batch: 16}\nexclude:\n - {seed: 1, training.batch: 16}",
                        " line 6, exclude: seed and training.batch never have these values at the same point; they "
                                + "vary together"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\ncompare: [seed, seed]",
                        " line 3: compare names seed twice; leave one out"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\nexclude: [{}]",
                        " line 3: exclude names no setting here"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\nexclude: [seed]",
                        " line 3: an item of exclude must be a group of settings, but is \"seed\""),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\nexclude: [{seed: []}]",
                        " line 3, exclude: seed has no value; give at least one"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\nexclude:",
                        " line 3: exclude must be a list of settings with their values, such as"),
                Arguments.of(
                        "experiment: instrumented\nvary: {seed: 1..3}\ntogether: [{}]",
                        " line 3: together names no setting here; give the settings that go together"),
                Arguments.of(
                        "experiment: instrumented\ntogether:\n - seed",
                        " line 3: an item of together must be a group of settings, but is \"seed\""),
                Arguments.of(
                        "experiment: instrumented\ntogether: [{seed: 1, training.stps: 2}]",
                        " line 2: unknown key training.stps; did you mean training.steps?"),
                Arguments.of(
                        "experiment: instrumented\ntogether: [{seed: [1, 2], training.batch: 2}]",
                        " line 2, axis seed: seed must be a whole number, but is a list"),
                Arguments.of(
                        "experiment: instrumented\ntogether: [{seed: -1}]",
                        " line 2, axis seed: seed is -1; allowed are whole numbers from 0 to 4294967295"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfFiles")
    void whatIsWrongInAFileIsNamedWithItsLine(String yaml, String expected) {
        String message = message(() -> file(yaml).points(CORPORA));
        assertTrue(message.startsWith(folder.resolve("my-sweep.yaml") + expected), message);
    }

    @Test
    void whatIsLeftHasToBeASweep() throws IOException {
        assertEquals(
                "exclude leaves no point; remove one of its lines",
                message(() -> file("experiment: instrumented\nvary: {seed: 1..3}\nexclude: [{seed: 1..3}]")
                        .points(CORPORA)));
        assertEquals(
                "compare names model.width, which is not varied; what varies: seed",
                message(() -> file("experiment: instrumented\nvary: {seed: 1..3}\ncompare: model.width")
                        .points(CORPORA)));
        assertTrue(message(() -> Sweep.of("instrumented").points(CORPORA)).startsWith("nothing varies"));
        assertEquals(
                "--seeds 3: seed already varies",
                message(() -> Sweep.of("instrumented").varying(List.of("seed=1"), "3")));
    }

    @Test
    void moreThanAMillionPointsAreRefusedWithTheNumber() throws IOException {
        Sweep sweep = sweep("seed=0..1999", "training.batch=1..501");
        assertEquals(
                "the sweep has 1,002,000 points (seed 2000 x training.batch 501); at most 1,000,000 are allowed; "
                        + "use fewer values",
                message(() -> sweep.points(CORPORA)));
    }

    @Test
    void anAxisOfSeveralIsNotChangedInPart() throws IOException {
        Sweep sweep = file("""
                experiment: float32-edition
                together: [{training.batch: 8, seed: 1}, {training.batch: 16, seed: 2}]
                """);
        assertTrue(message(() -> sweep.varying(List.of(), "3"))
                .contains("seed varies together with other settings there"));
        assertTrue(
                message(() -> sweep.setting(List.of("training.batch=3"))).contains("training.batch varies together"));
    }

    @Test
    void aCorpusIsAskedForOnceAndDecidesTheKey() throws IOException {
        List<String> asked = new ArrayList<>();
        List<Point> points = sweep("corpus.source=one.txt,two.txt", "seed=1..3").points((corpus, vocabulary) -> {
            asked.add(corpus.source());
            return Sha256.of(corpus.source().getBytes());
        });
        assertEquals(List.of("one.txt", "two.txt"), asked);
        assertNotEquals(points.get(0).key(), points.get(3).key());
        assertEquals(
                "the points corpus.source one.txt, seed 1 and corpus.source two.txt, seed 1 are the same run, "
                        + "with equal results; leave one out",
                message(() ->
                        sweep("corpus.source=one.txt,two.txt", "seed=1..3").points((_, _) -> "equal")));
    }
}
