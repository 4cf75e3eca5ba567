package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.RowGraph;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Models;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.training.Trainer;

class MemoryNeedTest {
    private static ExperimentConfig config(String... overrides) {
        return BuiltIn.load("float32-edition", List.of(overrides));
    }

    private static RunOptions options(Kernels kernels, int threads) {
        return new RunOptions("test", kernels, threads);
    }

    /** What the program counts is what the virtual machine allocates, but for headers and small things. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.batch=32",
                "training.batch=1",
                "training.batch=7",
                "model.tied=false",
                "model.norm=rmsnorm",
                "precision.parameters=f32",
                "model.vocabulary=4096",
                "model.width=128",
                "model.context=32",
                "training.accumulation=3",
                "corpus.windows=blocks",
                "corpus.order=sequential",
                "corpus={windows: random, starts: 500000}",
                "precision.update=kahan",
                "precision={parameters: f32, compute: autocast}"
            })
    void countsWhatIsAllocated(String setting) {
        ExperimentConfig config = setting.contains("f32") ? config(setting, F32) : config(setting);
        Kernels kernels = new ScalarKernels(); // what others box depends on the compiler
        for (int threads : new int[] {1, 3}) {
            allocate(config, kernels, threads); // classes are loaded, and what is made once is there
            long counted = MemoryNeed.of(config, ShortRuns.corpus(config), options(kernels, threads))
                    .training();
            long allocated = allocate(config, kernels, threads);
            assertTrue(
                    Math.abs(allocated - counted) <= 0.01 * counted + 20_000,
                    "counted " + counted + ", allocated " + allocated + " with " + threads + " threads");
        }
    }

    @Test
    void countsPackedMatrices() {
        for (Kernels kernels : List.of(new ScalarKernels(), KernelChoice.AUTO.create())) {
            for (int columns : new int[] {1, 7, 16, 65, 192}) {
                kernels.packed(13, columns); // classes are loaded
                ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = thread.getCurrentThreadAllocatedBytes();
                kernels.packed(13, columns);
                long allocated = thread.getCurrentThreadAllocatedBytes() - before;
                assertEquals(kernels.packedBytes(13, columns), allocated, 200, kernels.description());
            }
        }
    }

    private static final String F32 = "recording.tensors={embedding_history: {observe: embeddings, format: f32}}";

    private static long allocate(ExperimentConfig config, Kernels kernels, int threads) {
        Corpus corpus = ShortRuns.corpus(config);
        InitialState drawn = Models.draw(
                config.model(), config.initialization(), config.precision().parameters(), config.seed());
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        InitialState initial =
                new InitialState(drawn.parameters().clone(), drawn.embeddings(), drawn.common(), drawn.generator());
        Batches batches = TrainingParts.batches(config, corpus, initial.generator());
        try (Trainer trainer = new Trainer(
                config.training(), config.model(), config.precision(), kernels, initial, batches, threads, List.of())) {
            assertEquals(0, trainer.stepNumber());
        }
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void refusesWhatCannotFitWithBothNumbers() {
        ExperimentConfig config = config();
        RunOptions options = options(new ScalarKernels(), 2);
        MemoryNeed need = MemoryNeed.of(config, ShortRuns.corpus(config), options);
        long needed = need.training() + need.checkpoint();
        assertDoesNotThrow(() -> need.requireFits(config, options, heap(needed)));
        SettingException e =
                assertThrows(SettingException.class, () -> need.requireFits(config, options, heap(needed - 1)));
        assertEquals(
                String.format(
                        java.util.Locale.ROOT,
                        "the model has 116,480 parameters and takes at least %,d bytes to train with 2 threads, "
                                + "but the heap has "
                                + "%,d; use a smaller model or batch, fewer threads, or a larger heap "
                                + "(LILGATSBY_JAVA_OPTS=-Xmx...)",
                        needed,
                        needed - 1),
                e.getMessage());
    }

    private static MachineMemory heap(long bytes) {
        return new MachineMemory(bytes, 1L << 30, 1L << 40);
    }

    @Test
    void refusesRowsThatDoNotFitOutsideTheHeap() {
        ExperimentConfig config = config();
        RunOptions options = options(new ScalarKernels(), 2);
        MemoryNeed need = new MemoryNeed(3_000, 500, 2_000, 1_000);
        assertDoesNotThrow(() -> need.requireFits(config, options, new MachineMemory(3_500, 1_000, 4_500)));
        SettingException direct = assertThrows(
                SettingException.class, () -> need.requireFits(config, options, new MachineMemory(3_500, 999, 4_500)));
        assertEquals(
                "rows waiting to be written take 1,000 bytes outside the heap, but Java allows 999 there;"
                        + " record fewer tensors, or allow more (LILGATSBY_JAVA_OPTS=-XX:MaxDirectMemorySize=...)",
                direct.getMessage());
        SettingException physical = assertThrows(
                SettingException.class,
                () -> need.requireFits(config, options, new MachineMemory(3_500, 1_000, 4_499)));
        assertTrue(
                physical.getMessage().startsWith("the run takes at least 3,500 bytes of heap, and 1,000 outside it"),
                physical.getMessage());
    }

    /** All rows may be dead, and all are compared with each other; the least that this takes grows with the rows. */
    @Test
    void countsTheGraphOfTheDeadRows() {
        ExperimentConfig config = config("model.vocabulary=10000");
        RunOptions options = options(new ScalarKernels(), 1);
        Extent extent =
                Extent.of(config.recording(), config.model(), config.precision().seen(), new int[] {0}, new int[] {});
        long without =
                MemoryNeed.of(config, ShortRuns.corpus(config), extent, options).analysis();
        assertEquals(
                RowGraph.bytes(10_000, 64) - RowGraph.bytes(0, 64),
                MemoryNeed.of(config, ShortRuns.corpus(config), options).analysis() - without);
    }

    /** What is concluded of freezing takes a number for each component of W, and for each of a chunk being read. */
    @Test
    void countsTheConclusion() {
        RunOptions options = options(new ScalarKernels(), 1);
        for (String conclusion : List.of("crucible", "flannel", "thimble", "goldilocks", "duckling-record")) {
            ExperimentConfig none = config("model.vocabulary=10000", "training.steps=1000");
            ExperimentConfig frozen =
                    config("model.vocabulary=10000", "training.steps=1000", "conclusion=" + conclusion);
            long counted = MemoryNeed.of(frozen, ShortRuns.corpus(frozen), options)
                            .analysis()
                    - MemoryNeed.of(none, ShortRuns.corpus(none), options).analysis();
            assertTrue(counted >= Freezing.bytes(1001, 10_000, 64), conclusion);
            ExperimentConfig figures = config(
                    "conclusion=" + conclusion,
                    "model.vocabulary=10000",
                    "training.steps=1000",
                    "recording.tensors={last_moves: {observe: last_moves}}");
            assertEquals(
                    MemoryNeed.of(none, ShortRuns.corpus(none), options).analysis(),
                    MemoryNeed.of(figures, ShortRuns.corpus(figures), options).analysis(),
                    "without rows there is no such reading");
        }
    }

    @Test
    void thisMachineHasMemory() {
        MachineMemory here = MachineMemory.here();
        assertEquals(Runtime.getRuntime().maxMemory(), here.heap());
        assertTrue(here.outsideHeap() > 0 && here.physical() > 0, here.toString());
    }

    @Test
    void refusesMoreStatesThanCanBeAnalysed() {
        ExperimentConfig config = config("training.steps=100000000");
        RunOptions options = options(new ScalarKernels(), 1);
        SettingException e = assertThrows(
                SettingException.class,
                () -> MemoryNeed.of(config, ShortRuns.corpus(config), options)
                        .requireFits(config, options, heap(1L << 28)));
        assertTrue(
                e.getMessage().startsWith("the figures of 100,000,001 recorded states take at least "), e.getMessage());
        ExperimentConfig sparse = config("training.steps=100000000", "recording.every=1000");
        assertDoesNotThrow(() ->
                MemoryNeed.of(sparse, ShortRuns.corpus(sparse), options).requireFits(sparse, options, heap(1L << 28)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.vocabulary x model.width is 68,719,476,736 | model.vocabulary=1048576 model.width=65536 "
                        + "model.heads=1 model.context=2",
                "model.context x model.ffn is 2,621,440,000 | model.width=16384 model.layers=1 "
                        + "model.heads=1 model.context=40000",
                "model.context x model.context is 2,147,488,281 | model.layers=1 model.heads=1 model.context=46341"
            })
    void refusesAMatrixThatNoArrayHolds(String line) {
        String[] parts = line.split(" \\| ");
        ExperimentConfig config = config(parts[1].split(" "));
        SettingException e = assertThrows(
                SettingException.class,
                () -> MemoryNeed.of(config, ShortRuns.corpus(config), options(new ScalarKernels(), 1)));
        assertEquals(parts[0] + " values; a matrix has at most 2,000,000,000", e.getMessage());
    }
}
