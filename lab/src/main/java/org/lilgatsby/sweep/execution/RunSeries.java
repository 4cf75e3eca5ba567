package org.lilgatsby.sweep.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.analysis.CentroidPath;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.StepSizes;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.sweep.SeriesFile;

/**
 * The series of a run: census, motion and centroid of each group of tokens at every recorded step, and the loss. A
 * figure of a step is that of the updates since the recorded step before it.
 */
final class RunSeries {
    /** One column. */
    private record Column(String name, Figure figure) {}

    /** A figure by place in the history; NaN where it is undefined. */
    @FunctionalInterface
    private interface Figure {
        double at(int place);
    }

    private RunSeries() {}

    /**
     * Writes the series of a finished run.
     *
     * @throws IOException if it cannot be written
     */
    static void write(RunData run, AnalysisKernels kernels, Path file) throws IOException {
        LiveDeadSplit split = new LiveDeadSplit(
                Tokens.of(run.manifest().corpus().live()),
                Tokens.of(run.manifest().corpus().dead()));
        Evolution evolution = Evolution.of(run.embeddings(), split, kernels);
        List<Column> columns = new ArrayList<>();
        for (Group group : List.of(Group.LIVE, Group.DEAD, Group.ALL)) {
            columns.addAll(of(group, split.tokens(group).size(), evolution));
        }
        run.stepLosses().ifPresent(losses -> columns.add(new Column("all.loss", place -> losses[place])));
        List<String> names = columns.stream().map(Column::name).toList();
        double[] values = new double[columns.size()];
        try (SeriesFile.Writer out = new SeriesFile.Writer(file, names)) {
            for (int place = 0; place < evolution.size(); place++) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = columns.get(i).figure().at(place);
                }
                out.row(evolution.step(place), values);
            }
        }
    }

    private static List<Column> of(Group group, int tokens, Evolution evolution) {
        CensusSeries census = evolution.census().get(group);
        StepSizes steps = evolution.stepSizes().get(group);
        CentroidPath centroid = evolution.centroid().get(group);
        var still = evolution.regimes().get(group).tokens().get(Regime.FROZEN);
        String prefix = group.name().toLowerCase(Locale.ROOT) + ".";
        return List.of(
                new Column(prefix + "distinct", place -> census.distinct().at(place)),
                new Column(prefix + "black_holes", place -> census.blackHoles().at(place)),
                new Column(
                        prefix + "tokens_in_black_holes",
                        place -> census.tokensInBlackHoles().at(place)),
                new Column(prefix + "singletons", place -> census.singletons().at(place)),
                new Column(prefix + "largest", place -> census.largest().at(place)),
                new Column(prefix + "moved", place -> place == 0 ? Double.NaN : tokens - still.at(place)),
                new Column(prefix + "mean_step_l2", place -> steps.l2().mean().at(place)),
                new Column(prefix + "max_step_l2", place -> steps.l2().max().at(place)),
                new Column(
                        prefix + "max_step_linf",
                        place -> steps.lInfinity().max().at(place)),
                new Column(prefix + "centroid_norm", place -> centroid.norm().at(place)),
                new Column(
                        prefix + "centroid_displacement",
                        place -> centroid.displacement().at(place)));
    }
}
