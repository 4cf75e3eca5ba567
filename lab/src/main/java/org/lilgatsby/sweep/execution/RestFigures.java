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
 * over in the last tenth of the run, and what never happened, has no entry, and so has everything of a run without a
 * step.
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
        Map<String, Integer> ends = new LinkedHashMap<>();
        ends.put("median_leap", rest.medianLeap());
        ends.put("median_crawl", rest.medianCrawl());
        ends.put("median_end", rest.medianEnd());
        ends.put("first_tenth", rest.firstTenth());
        ends.put("last_tenth", rest.lastTenth());
        ends.put("last", rest.last());
        ends.forEach((name, step) -> {
            if (rest.isOver(step)) {
                figures.put(prefix + name, (double) step);
            }
        });
        if (onset.forGood() != Onset.NEVER) {
            figures.put(prefix + "onset", (double) onset.forGood());
        }
        if (rest.stillness().lastFrom() != Stillness.NEVER) {
            figures.put(prefix + "still_from", (double) rest.stillness().lastFrom());
        }
    }
}
