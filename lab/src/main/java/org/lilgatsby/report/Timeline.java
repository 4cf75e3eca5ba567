package org.lilgatsby.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * What happened over the steps of a run, reduced to what a page of a few megabytes can draw. Counts are kept wherever
 * they change, and all events are counted, so none is lost; other figures are kept at {@code steps}. Figures have seven
 * significant digits.
 *
 * @param recorded number of recorded states
 * @param lastStep number of updates before the last of them
 * @param steps the steps at which figures are drawn
 * @param census counts of each group at every step where one of them changes
 * @param events fissions and mergers within each group
 * @param motion L2 norms of the steps of each group's tokens
 * @param regimes number of tokens of each group in each regime, by its name
 * @param phases last step of each group in each regime, by its name; empty for never
 * @param lattice displacements of each group in cells and in ULP
 * @param centroid of each group
 * @param norms L2 norms of the rows of each group
 * @param gradients L2 norms of the gradients of each group, NaN before the first update; empty if not recorded
 * @param losses loss of single steps; empty if not recorded
 * @param cloud the rows in the plane
 * @param graph the distinct dead rows at the end; empty without them
 */
public record Timeline(
        int recorded,
        int lastStep,
        int[] steps,
        PerGroup<CensusCourse> census,
        PerGroup<Events> events,
        PerGroup<Motion> motion,
        PerGroup<Map<String, double[]>> regimes,
        PerGroup<Map<String, OptionalInt>> phases,
        PerGroup<Map<String, double[]>> lattice,
        PerGroup<CentroidCourse> centroid,
        PerGroup<Spread> norms,
        Optional<PerGroup<Spread>> gradients,
        Optional<double[]> losses,
        Cloud cloud,
        Optional<Graph> graph) {
    /** Reads a run's whole recording. */
    public static Timeline of(RunData run, AnalysisKernels kernels) {
        return new TimelineBuilder(run, kernels).timeline();
    }

    /**
     * The census of a group, which holds from each step until the next.
     *
     * @param step from which the counts hold
     * @param distinct distinct rows
     * @param blackHoles black holes
     * @param tokensInBlackHoles tokens in them
     * @param singletons rows equal to no other
     * @param largest tokens that share the most common row
     * @param concentration sum of the squared shares of all distinct rows
     */
    public record CensusCourse(
            int[] step,
            int[] distinct,
            int[] blackHoles,
            int[] tokensInBlackHoles,
            int[] singletons,
            int[] largest,
            double[] concentration) {}

    /**
     * All fissions and mergers within a group.
     *
     * @param step every step with at least one event
     * @param fissions how many there were
     * @param mergers how many there were
     * @param named each event with its tokens; empty if there are too many for a page
     */
    public record Events(int[] step, int[] fissions, int[] mergers, List<Event> named) {}

    /**
     * A group of equal rows that split or formed.
     *
     * @param step the update at which it happened
     * @param kind {@code fission} or {@code merger}
     * @param parts sizes of the parts that it split into or was formed from, largest first
     * @param tokens ids of each part
     */
    public record Event(int step, String kind, int[] parts, List<int[]> tokens) {}

    /**
     * L2 norms of the steps of a group's tokens.
     *
     * @param mean over the tokens
     * @param median over the tokens
     * @param percentile90 over the tokens
     * @param max over the tokens, and over the steps since the previous one drawn
     * @param zeroShare share of the tokens whose step is exactly zero
     */
    public record Motion(double[] mean, double[] median, double[] percentile90, double[] max, double[] zeroShare) {}

    /**
     * Where a group's centroid is.
     *
     * @param norm L2 norm
     * @param displacement L2 distance from its start
     * @param speed L2 distance per update
     */
    public record CentroidCourse(double[] norm, double[] displacement, double[] speed) {}

    /**
     * A figure over the tokens of a group.
     *
     * @param min the smallest
     * @param mean their mean
     * @param max the largest
     */
    public record Spread(double[] min, double[] mean, double[] max) {}

    /**
     * Rows in two planes, frame by frame: all rows in one fixed plane, the principal plane of the last state, and the
     * dead rows about their own centroid in their principal plane at that step.
     *
     * @param steps the step of each frame
     * @param tokens ids of the rows drawn
     * @param drawnOf total number of rows
     * @param frames one per step
     * @param shares share of the variance along each axis of the plane of all rows, in the state that defines it; NaN
     *     without variance
     * @param pooled whether all frames define that plane, since the rows of the last one span none
     * @param box smallest and largest coordinate of any frame: x, x, y, y
     */
    public record Cloud(
            int[] steps,
            int[] tokens,
            int drawnOf,
            List<CloudFrame> frames,
            double[] shares,
            boolean pooled,
            double[] box) {}

    /**
     * The rows at one step.
     *
     * @param places x and y of each row, encoded as float32, little-endian, base64
     * @param share of these rows' variance that lies in the plane; NaN without variance
     * @param holes for each row, the index among the drawn rows of the first row equal to it, 16 bits, little-endian;
     *     base64
     * @param dead the dead rows; empty without dead tokens
     */
    public record CloudFrame(String places, double share, String holes, Optional<DeadRows> dead) {}

    /**
     * The dead rows at one step, in their own plane.
     *
     * @param places x and y of each drawn dead row, encoded as those of all rows
     * @param shares share of their variance along each axis; NaN if all are equal
     * @param largestDistance largest L2 distance of two of them; NaN if all are equal
     */
    public record DeadRows(String places, double[] shares, double largestDistance) {}

    /**
     * The distinct dead rows, and which of them are adjacent at 2 epsilon.
     *
     * @param nodes token ids of each row
     * @param edges pairs of node indices
     * @param leftOut number of edges left out because there are too many to draw
     */
    public record Graph(List<int[]> nodes, List<int[]> edges, long leftOut) {}
}
