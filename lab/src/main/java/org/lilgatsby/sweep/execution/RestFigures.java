package org.lilgatsby.sweep.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Onset;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.analysis.RadiusLife;
import org.lilgatsby.analysis.Stillness;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.experiment.Rest;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * When the dead and the live tokens of a run stop, as {@code rest.dead.NAME} and {@code rest.live.NAME}. What is not
 * over in the last tenth of the run, and a rest that never began, is NaN; a run without a step has no entry.
 */
final class RestFigures {
    private RestFigures() {}

    static Map<String, Double> of(RunData run, AnalysisKernels kernels) {
        Map<String, Double> figures = new LinkedHashMap<>();
        History w = run.embeddings();
        if (w.size() < 2) {
            return figures;
        }
        LiveDeadSplit split = new LiveDeadSplit(
                Tokens.of(run.manifest().corpus().live()),
                Tokens.of(run.manifest().corpus().dead()));
        Freezing freezing = Freezing.of(w, split, Places.of(), kernels);
        for (Group group : List.of(Group.DEAD, Group.LIVE)) {
            String prefix = "rest.%s.".formatted(group.name().toLowerCase(Locale.ROOT));
            CountSeries movers = freezing.frozen().get(group).movers();
            Rest.of(w, split, freezing, group).ifPresent(rest -> add(figures, prefix, rest, onset(w, movers, rest)));
        }
        return figures;
    }

    private static Onset onset(History w, CountSeries movers, Rest rest) {
        return Onset.of(w, 1, place -> rest.tokens() - movers.at(place) > RadiusLife.STILL * rest.tokens());
    }

    private static void add(Map<String, Double> figures, String prefix, Rest rest, Onset onset) {
        figures.put(prefix + "resting_share", rest.restingShare());
        figures.put(prefix + "median_leap", over(rest, rest.medianLeap()));
        figures.put(prefix + "median_crawl", over(rest, rest.medianCrawl()));
        figures.put(prefix + "median_end", over(rest, rest.medianEnd()));
        figures.put(prefix + "first_tenth", over(rest, rest.firstTenth()));
        figures.put(prefix + "last_tenth", over(rest, rest.lastTenth()));
        figures.put(prefix + "last", over(rest, rest.last()));
        figures.put(prefix + "onset", onset.forGood() == Onset.NEVER ? Double.NaN : over(rest, onset.forGood()));
        int stillFrom = rest.stillness().lastFrom();
        figures.put(prefix + "still_from", stillFrom == Stillness.NEVER ? Double.NaN : over(rest, stillFrom));
    }

    private static double over(Rest rest, int step) {
        return rest.isOver(step) ? step : Double.NaN;
    }
}
