package org.lilgatsby.sweep.findings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.lilgatsby.sweep.Comparison;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.Sweep;

/**
 * What the runs of a sweep found together: the content of the sweep's {@code report.json}, whose keys are these names
 * in snake case. An undefined figure is NaN here and null in JSON. A run is named by its place: the row of
 * {@code runs.csv}, counted from 0 in the order of the points.
 *
 * @param identity which sweep it is
 * @param counts how many runs there are, and in which state
 * @param varied the settings that vary, in the order of the axes
 * @param compared the settings whose values define the groups; empty if all runs are one group
 * @param groups the groups, in the order of their first points; each run is in exactly one
 * @param pairs the pairs of groups that are compared, each the places of two groups in {@code groups}
 * @param headlines the figures that a reader wants first, at the end of the runs
 * @param others all other figures that are not the same in every run; empty if there are too many groups or values of a
 *     setting, which {@code remarks} says
 * @param constants the figures that are the same in every run
 * @param undefined the figures that no run has a value of
 * @param undefinedHeadlines those of them that would be headlines
 * @param series the figures over the steps; empty if no run kept a series
 * @param criteria when something first happened; empty if no run kept a series
 * @param failures the runs that failed
 * @param missing the runs that were not carried out
 * @param remarks sentences about what is not there because the sweep is large
 */
public record SweepFindings(
        @JsonUnwrapped Identity identity,
        Counts counts,
        List<Varied> varied,
        List<String> compared,
        List<Group> groups,
        List<Pair> pairs,
        List<Outcome> headlines,
        List<Outcome> others,
        List<Constant> constants,
        List<Figure> undefined,
        List<Figure> undefinedHeadlines,
        Optional<Series> series,
        List<CriterionMet> criteria,
        Listed<FailedRun> failures,
        Listed<MissingRun> missing,
        List<String> remarks) {
    /** Layout that this version writes. */
    public static final int SCHEMA = 1;

    /**
     * Computes everything that a sweep has to report. Series are read group by group, so that memory does not grow with
     * the number of steps or figures of all runs.
     *
     * @param table the runs, in the order of the sweep's points
     * @throws IOException if a series cannot be read
     */
    public static SweepFindings of(Sweep sweep, RunTable table) throws IOException {
        return FindingsBuilder.of(sweep, table);
    }

    /**
     * Which sweep it is.
     *
     * @param schema version of this layout
     * @param name of the sweep
     * @param experiment name of the experiment that varies
     * @param title the question that the sweep asks, or the title of the experiment
     * @param keep what is kept of each run
     * @param programs versions of the program that carried out the runs
     * @param arithmetic version of the arithmetic of all runs
     */
    public record Identity(
            int schema,
            String name,
            String experiment,
            String title,
            Keep keep,
            List<String> programs,
            int arithmetic) {}

    /**
     * The state of the runs.
     *
     * @param complete whether every run is done
     * @param points number of runs that the sweep asks for
     * @param done number of those that ran to their end; all statistics are of these
     * @param failed number of those that ended before
     * @param missing number of those that were not carried out
     */
    public record Counts(boolean complete, int points, int done, int failed, int missing) {}

    /**
     * A setting that varies.
     *
     * @param setting its name in {@code config.yaml}
     * @param values its different values as the configuration prints them, in the order of the axis
     * @param numeric whether every value is a finite number
     * @param together the settings of the same axis, which change with it; empty if it varies on its own
     */
    public record Varied(String setting, List<String> values, boolean numeric, List<String> together) {}

    /**
     * The runs that have the same values of the compared settings.
     *
     * @param name these values in a few words, such as {@code bf16-native}; {@code all runs} for a single group
     * @param settings the values by setting
     * @param points number of runs that the sweep asks for
     * @param n number of those that are done
     * @param seeds the different seeds of the done runs, in the order of the points
     * @param runs places of all its runs, ascending
     */
    public record Group(
            String name,
            SequencedMap<String, String> settings,
            int points,
            int n,
            List<Long> seeds,
            List<Integer> runs) {}

    /**
     * Two groups that are compared.
     *
     * @param first place of the one that is subtracted
     * @param second place of the one that it is subtracted from
     * @param shared number of done runs of the one that have a partner in the other: equal in seed and in every setting
     *     that is not compared
     */
    public record Pair(int first, int second, int shared) {}

    /**
     * A figure at the end of the runs.
     *
     * @param figure which
     * @param groups for each group, in the order of the groups
     * @param differences for each pair, in the order of the pairs
     * @param axes along every numeric setting but the seed
     */
    public record Outcome(Figure figure, List<InGroup> groups, List<Difference> differences, List<Along> axes) {}

    /**
     * A figure in a group.
     *
     * @param undefined number of done runs in which it is undefined or not there; they are not in the distribution
     * @param distribution over the other runs; empty if there are none
     */
    public record InGroup(int undefined, Optional<Distribution> distribution) {}

    /**
     * A figure in two groups.
     *
     * @param comparison all of one group with all of the other, runs in which it is undefined left out; empty if a
     *     group has none left
     * @param paired the runs of one that have a partner in the other; empty if fewer than two of these pairs have it
     */
    public record Difference(Optional<Comparison> comparison, Optional<Comparison.Paired> paired) {}

    /**
     * A figure against a numeric setting, over all other settings and seeds.
     *
     * @param setting which
     * @param values of the setting, ascending
     * @param band the figure at each of them
     */
    public record Along(String setting, double[] values, Band band) {}

    /**
     * A figure that is the same in every done run that has it.
     *
     * @param n number of runs that have it
     */
    public record Constant(Figure figure, double value, int n) {}

    /**
     * The figures over the steps.
     *
     * @param steps updates carried out at the steps of the statistics, ascending; the first and the last recorded step
     *     are among them
     * @param recordedSteps number of different steps that the runs recorded
     * @param intervalSteps at how many of {@code steps} the bootstrap interval was computed, evenly spaced; it is NaN
     *     at the others
     * @param bytes the most memory that values of runs occupied at one time
     * @param figures one for each column of the series
     */
    public record Series(int[] steps, int recordedSteps, int intervalSteps, long bytes, List<OverSteps> figures) {}

    /**
     * A figure over the steps.
     *
     * @param figure which
     * @param groups for each group, in the order of the groups
     */
    public record OverSteps(Figure figure, List<Band> groups) {}

    /**
     * A figure at each of several steps, or values of a setting: arrays as long as there are steps or values, each
     * defined as in {@link Distribution}. Where no run has the figure, n is 0 and the rest is NaN.
     *
     * @param n number of runs that have the figure there
     * @param meanLow lower end of the 95 % bootstrap interval of the mean
     * @param meanHigh its upper end
     */
    public record Band(
            int[] n,
            double[] mean,
            double[] deviation,
            double[] least,
            double[] lowerQuartile,
            double[] median,
            double[] upperQuartile,
            double[] greatest,
            double[] meanLow,
            double[] meanHigh) {}

    /**
     * When a criterion was met.
     *
     * @param criterion its name
     * @param sentence what it says
     * @param groups for each group, in the order of the groups
     * @param axes the step against every numeric setting but the seed, over the runs that met it
     * @param runs those that met it, in the order of the points
     */
    public record CriterionMet(
            String criterion, String sentence, List<MetInGroup> groups, List<MetAlong> axes, List<MetByRun> runs) {}

    /**
     * When the runs of a group met a criterion.
     *
     * @param n number of runs with a series that can tell
     * @param met number of those that met it
     * @param step the step at which they did, over those that did; empty if none did
     */
    public record MetInGroup(int n, int met, Optional<Distribution> step) {}

    /**
     * When a criterion was met, against a numeric setting, over all other settings and seeds.
     *
     * @param values of the setting, ascending
     * @param n at each of them, number of runs with a series that can tell
     * @param step the step at which the criterion was met, over the runs that met it; its n is their number
     */
    public record MetAlong(String setting, double[] values, int[] n, Band step) {}

    /** A run that met a criterion, and the step at which it first did. */
    public record MetByRun(int run, int step) {}

    /**
     * The first of many things.
     *
     * @param of the first ones, at most {@link #MOST}
     * @param leftOut number of those that are not listed; {@code runs.csv} has all
     */
    public record Listed<T>(List<T> of, int leftOut) {
        /** The most that is listed. */
        public static final int MOST = 1_000;
    }

    /**
     * A run that ended before its last step.
     *
     * @param settings the varied ones with their values
     * @param reason one line, of the last attempt
     */
    public record FailedRun(int run, String key, SequencedMap<String, String> settings, String reason) {}

    /** A run that was not carried out. */
    public record MissingRun(int run, String key, SequencedMap<String, String> settings) {}
}
