package org.lilgatsby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.settings.SettingException;

class SweepDirectoryTest {
    private static final CorpusHash CORPORA = (corpus, vocabulary) -> Sha256.of((corpus + "/" + vocabulary).getBytes());

    @TempDir
    private Path folder;

    private static <T> List<T> of(List<Point> points, Function<Point, T> what) {
        return points.stream().map(what).toList();
    }

    private void requireSameFromItsDefinition(Sweep sweep) throws IOException {
        SweepDirectory directory = new SweepDirectory(folder.resolve("sweeps").resolve(sweep.name()));
        Path store = folder.resolve("runs of all");
        List<Point> points = sweep.points(CORPORA);
        directory.define(sweep, points, store, CORPORA);
        Sweep read = directory.sweep();
        List<Point> again = read.points(CORPORA);
        assertEquals(of(points, Point::key), of(again, Point::key));
        assertEquals(of(points, Point::toString), of(again, Point::toString));
        assertEquals(of(points, Point::config), of(again, Point::config));
        assertEquals(sweep.name(), read.name());
        assertEquals(sweep.title(), read.title());
        assertEquals(sweep.keep(), read.keep());
        assertEquals(sweep.varied(), read.varied());
        assertEquals(sweep.compared(), read.compared());
        assertEquals(
                store.toAbsolutePath().normalize(),
                read.store().orElseThrow().toAbsolutePath().normalize());
        String before = Files.readString(directory.definition());
        directory.define(read, again, store, CORPORA);
        assertEquals(before, Files.readString(directory.definition()));
    }

    static List<String> builtIn() {
        return BuiltInSweep.names();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void aBuiltInSweepIsReadAgainFromItsDefinition(String name) throws IOException {
        Sweep sweep = BuiltInSweep.load(name);
        requireSameFromItsDefinition(sweep);
        assertEquals(name, sweep.name());
        assertTrue(sweep.title().endsWith("?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{experiment: instrumented, vary: {seed: [1, 2, 4..9, 20]}, keep: recording}",
                "{experiment: float32-edition, vary: {initialization.sigma: ['log(1e-6, 1e-4, 7)'], seed: 1..3}, "
                        + "exclude: [{seed: [1, 2], initialization.sigma: 1e-6}], compare: [seed]}",
                "{title: 'With \\\"marks\\\": and # signs?', experiment: float32-edition, set: {training.steps: 3, "
                        + "corpus.source: '/a b/c: d#e.txt'}, together: [{seed: 1, training.batch: 2}, "
                        + "{seed: 2, training.batch: 4}]}",
                "{experiment: float32-edition, together: [{seed: 7}], vary: {model.tied: [true, false], "
                        + "initialization.scale: [1, 2]}}",
                "{experiment: float32-edition, set: {perturbation.every: 5, perturbation.tensors: "
                        + "[transformer.wpe.weight]}, vary: {perturbation.sigma: [0, 1e-5]}}",
                "{experiment: float32-edition, set: {model.ffn: 2x}, vary: {model.width: [32, 64]}}",
                "{experiment: float32-edition, set: {model.ffn: 256}, vary: {model.width: [32, 64]}}",
                "{experiment: {training: {steps: 90, horizon: 90}}, " + "vary: {training.steps: [60, 90]}}",
                "{experiment: {training: {steps: 3}}, vary: {precision.parameters: [bf16, f32]}}",
                "{experiment: {initialization: {mode: snowball, sigma: .5}, training: {steps: 3}}, "
                        + "vary: {initialization.mode: [snowball, normal, unit-noise]}}"
            })
    void anySweepIsReadAgainFromItsDefinition(String yaml) throws IOException {
        requireSameFromItsDefinition(Sweep.read(Files.writeString(folder.resolve("my-sweep.yaml"), yaml)));
    }

    @Test
    void aSweepMayGrowButNotGiveWayToAnother() throws IOException {
        SweepDirectory directory = new SweepDirectory(folder.resolve("sweep"));
        Path store = folder.resolve("store");
        Sweep small = Sweep.of("float32-edition").varying(List.of(), "1..3");
        directory.define(small, small.points(CORPORA), store, CORPORA);
        Sweep large = Sweep.of("float32-edition").varying(List.of(), "1..5");
        directory.define(large, large.points(CORPORA), store, CORPORA);
        assertEquals(5, directory.sweep().points(CORPORA).size());
        Sweep other = Sweep.of("float32-edition").varying(List.of(), "2..9");
        SettingException refused = assertThrows(
                SettingException.class, () -> directory.define(other, other.points(CORPORA), store, CORPORA));
        assertTrue(refused.getMessage().contains("which also has the point seed 1"), refused.getMessage());
        assertEquals(5, directory.sweep().points(CORPORA).size());
    }

    @Test
    void aDirectoryWithoutADefinitionIsNoSweep() {
        SettingException refused = assertThrows(SettingException.class, () -> new SweepDirectory(folder).sweep());
        assertTrue(refused.getMessage().contains("sweep.yaml"), refused.getMessage());
    }
}
