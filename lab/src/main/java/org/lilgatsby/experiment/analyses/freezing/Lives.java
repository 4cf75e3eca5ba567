package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.lilgatsby.analysis.MoveClass;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.analysis.TokenLife.Scale;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;

/** Tables of the lives of tokens. */
final class Lives {
    private Lives() {}

    /** The lives of a group, sorted by the end of motion, among equals by id. */
    static List<TokenLife> sorted(AnalysisContext run, Selection selection) throws IOException {
        List<TokenLife> lives = run.lives(selection);
        return Arrays.stream(run.tokens(selection).toArray())
                .mapToObj(lives::get)
                .sorted(Comparator.comparingInt(TokenLife::lastMotion).thenComparingInt(TokenLife::token))
                .toList();
    }

    /** The recorded figures that lives are read from: last_moves, and in its absence last_motion, which tells less. */
    static List<Observable> figures(AnalysisContext run) {
        return run.archive().recording().has(Observables.LAST_MOVES)
                ? List.of(Observables.LAST_MOVES)
                : List.of(Observables.LAST_MOTION, Observables.LAST_MOVES);
    }

    private static Object last(TokenLife life, Scale scale, MoveClass moves) {
        return life.knows(scale, moves)
                ? AnalysisTable.Never.unless(life.last(scale, moves), TokenLife.NEVER)
                : (Object) Double.NaN;
    }

    /** Steps from the last of one class to the last of another; undefined where one is unknown. */
    private static Object between(TokenLife life, Scale scale, MoveClass from, MoveClass to) {
        return life.knows(scale, from) && life.knows(scale, to)
                ? (Object) (life.last(scale, to) - life.last(scale, from))
                : (Object) Double.NaN;
    }

    /** A row for each token. */
    static AnalysisTable table(AnalysisContext run, Selection selection, Scale scale) throws IOException {
        String unit = unit(scale);
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("rank", "", "its place when tokens are sorted by the end of motion, from 1")
                .column("token", "", "its id");
        for (MoveClass each : MoveClass.values()) {
            table.column(name(each), "", "last step with %s %s".formatted(condition(each), unit));
        }
        table.column("leaping", "", "steps from step 0 to the last with L2 > sqrt(D)")
                .column("crawling", "", "steps from there to the last with L-infinity > 1")
                .column("hopping", "", "steps from there to the last with any motion")
                .column("still", "", "steps from there to the end of the recording");
        int rank = 0;
        for (TokenLife life : sorted(run, selection)) {
            rank++;
            MoveClass leap = MoveClass.L2_ABOVE_ROOT_OF_WIDTH;
            MoveClass crawl = MoveClass.L_INFINITY_ABOVE_1;
            int end = life.lastMotion();
            table.row(
                    rank,
                    life.token(),
                    last(life, scale, MoveClass.L2_ABOVE_1000),
                    last(life, scale, leap),
                    last(life, scale, crawl),
                    last(life, scale, MoveClass.L1_ABOVE_1),
                    AnalysisTable.Never.unless(end, TokenLife.NEVER),
                    life.knows(scale, leap) ? (Object) life.last(scale, leap) : (Object) Double.NaN,
                    between(life, scale, leap, crawl),
                    life.knows(scale, crawl) ? (Object) (end - life.last(scale, crawl)) : (Object) Double.NaN,
                    run.lastStep() - end);
        }
        return table.table();
    }

    /** The column of a class. */
    static String name(MoveClass moves) {
        return switch (moves) {
            case L2_ABOVE_1000 -> "l2_1000";
            case L2_ABOVE_ROOT_OF_WIDTH -> "l2_sqrt_d";
            case L_INFINITY_ABOVE_1 -> "linf_1";
            case L1_ABOVE_1 -> "l1_1";
            case ANY -> "l1_0";
        };
    }

    /** The condition of a class. */
    static String condition(MoveClass moves) {
        return switch (moves) {
            case L2_ABOVE_1000 -> "L2 > 1,000";
            case L2_ABOVE_ROOT_OF_WIDTH -> "L2 > sqrt(D)";
            case L_INFINITY_ABOVE_1 -> "L-infinity > 1";
            case L1_ABOVE_1 -> "L1 > 1";
            case ANY -> "L1 > 0";
        };
    }

    /** The unit of a scale. */
    static String unit(Scale scale) {
        return scale == Scale.CELLS ? "cells" : "ULP";
    }
}
