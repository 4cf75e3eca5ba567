package org.lilgatsby.sweep.execution;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.FigureRecording;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.run.MachineMemory;
import org.lilgatsby.run.MemoryNeed;
import org.lilgatsby.run.MemoryRun;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;

/**
 * The most memory that any run of a sweep takes.
 *
 * @param heap bytes of heap
 * @param outside bytes outside the heap, above all for the recording
 */
public record WorkerMemory(long heap, long outside) {
    /**
     * What the runs of a sweep take.
     *
     * @param corpora source of their texts; each is asked for once per shape of run
     * @throws SettingException if one cannot fit into any memory
     */
    public static WorkerMemory of(List<Point> points, Keep keep, Corpora corpora, RunOptions options) {
        Set<List<Object>> shapes = new HashSet<>();
        WorkerMemory most = new WorkerMemory(0, 0);
        for (Point point : points) {
            ExperimentConfig config = point.config();
            if (shapes.add(shape(config))) {
                most = most.orMore(of(config, keep, corpora, options));
            }
        }
        return most;
    }

    /** All that the memory of a run depends on, beside what is kept of it. */
    static List<Object> shape(ExperimentConfig config) {
        return List.of(
                config.corpus(),
                config.model(),
                config.training(),
                config.precision(),
                config.perturbation(),
                config.recording(),
                config.conclusion());
    }

    /** What a run takes. */
    static WorkerMemory of(ExperimentConfig config, Keep keep, Corpora corpora, RunOptions options) {
        ExperimentConfig figures = FigureRecording.only(config);
        Corpus corpus = corpora.load(config.corpus(), config.model().vocabulary());
        MemoryNeed need = MemoryNeed.of(keep == Keep.RECORDING ? config : figures, corpus, options);
        int rows = config.recording().rows(config.training().steps());
        long series =
                keep == Keep.FIGURES ? 0 : Evolution.bytes(rows, config.model().vocabulary(), Places.all(rows));
        long rest =
                Freezing.bytes(rows, config.model().vocabulary(), config.model().width());
        Extent most = Extent.most(
                figures.recording(), figures.model(), figures.precision().seen());
        long outside = MemoryRun.recordingBytes(figures, most) + (keep == Keep.RECORDING ? need.rows() : 0);
        return new WorkerMemory(
                Math.max(need.training() + need.checkpoint(), Math.max(need.analysis(), Math.max(series, rest))),
                outside);
    }

    private WorkerMemory orMore(WorkerMemory other) {
        return new WorkerMemory(Math.max(heap, other.heap), Math.max(outside, other.outside));
    }

    /**
     * How many runs fit at the same time.
     *
     * @param wanted at most so many
     * @throws SettingException if not even one fits
     */
    public int workers(int wanted, MachineMemory machine) {
        long inHeap = machine.heap() / Math.max(1, heap);
        long inMachine = machine.physical() / Math.max(1, heap + outside);
        long most = Math.min(wanted, Math.min(inHeap, inMachine));
        if (most < 1) {
            throw new SettingException(
                    "",
                    String.format(
                            Locale.ROOT,
                            "a run of this sweep takes at least %,d bytes of heap and %,d outside it, but the heap has "
                                    + "%,d and the machine %,d; record fewer steps (--every), use a smaller model or "
                                    + "batch, or a larger heap (%s)",
                            heap,
                            outside,
                            machine.heap(),
                            machine.physical(),
                            MachineMemory.heapSetting()));
        }
        return (int) most;
    }
}
