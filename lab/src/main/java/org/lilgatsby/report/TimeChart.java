package org.lilgatsby.report;

import java.util.List;
import java.util.stream.Stream;
import org.lilgatsby.experiment.analyses.Names;

/**
 * A chart of a run's page as data: lines over the steps, each of a figure of the {@link Timeline}. The page draws what
 * it is given.
 *
 * @param name by which the page places it
 * @param title what it shows
 * @param read how to read it, in a sentence or two
 * @param of whose figures it draws
 * @param scale the axis of the figures
 * @param unit name of that axis
 * @param ofUpdates whether its figures are of updates, so that without one there are none
 * @param missing what is said where the timeline lacks them; empty if it never does
 * @param lines what is drawn of each group
 * @param caption of the table of the figures
 * @param label what the chart is, for those who do not see it
 * @param table what stands in the table; empty if that is what is drawn
 */
public record TimeChart(
        String name,
        String title,
        String read,
        Of of,
        Scale scale,
        String unit,
        boolean ofUpdates,
        String missing,
        List<Line> lines,
        String caption,
        String label,
        List<Line> table) {
    /** Whose figures a chart draws. */
    public enum Of {
        /** Live and dead tokens beside each other, as far as there are any. */
        PRESENT,
        /** Those, after all tokens together. */
        ALL_AND_PRESENT,
        /** The tokens that the reader chooses. */
        CHOSEN;

        /** The name in a page's data. */
        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    /** The axis of the figures. */
    public enum Scale {
        LINEAR,
        /** With a lane for zero. */
        LOGARITHMIC,
        /** From 0 to 100 %. */
        SHARES;

        /** The name in a page's data. */
        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    /**
     * A line of each group.
     *
     * @param name what it is called, after the name of its group where several are drawn; empty for the group alone
     * @param figure what it draws, by its place in the timeline: {@code motion.mean}
     * @param colour one of the page's colours; empty for that of the group
     * @param width in pixels
     * @param dashed whether it is
     * @param hidden whether it is until the reader asks for it
     */
    public record Line(String name, String figure, String colour, double width, boolean dashed, boolean hidden) {
        private Line(String name, String figure) {
            this(name, figure, "", 2, false, false);
        }

        private Line thin(double pixels) {
            return new Line(name, figure, colour, pixels, dashed, hidden);
        }

        private Line dash() {
            return new Line(name, figure, colour, width, true, hidden);
        }

        private Line hide() {
            return new Line(name, figure, colour, width, dashed, true);
        }

        private Line in(String other) {
            return new Line(name, figure, other, width, dashed, hidden);
        }
    }

    private static final String LATTICE = """
            The same steps counted in cells of the bfloat16 grid, always whole numbers, and in ULP of the starting \
            point. Near zero the grid is fine: a small step crosses many cells, and a component that changes its sign \
            crosses every value between, tens of thousands of cells.""";

    private static final TimeChart STEPS = new TimeChart(
            "steps",
            "Step sizes",
            "How far tokens move in a step (L2). The lane at the bottom holds steps of exactly zero; the first point "
                    + "is step 1, since nothing moved before. Max: the largest since the point before.",
            Of.PRESENT,
            Scale.LOGARITHMIC,
            "L2 norm of a step",
            true,
            "",
            List.of(
                    new Line("mean", "motion.mean"),
                    new Line("median", "motion.median").thin(1).dash().hide(),
                    new Line("90 %", "motion.percentile90").thin(1).hide(),
                    new Line("max", "motion.max").thin(0.8).dash()),
            "L2 norms of the tokens\u2019 steps.",
            "Line chart of step sizes of live and dead tokens on a logarithmic scale with a lane for zero.",
            List.of());

    private static final TimeChart ZEROS = new TimeChart(
            "zeros",
            "Tokens that stand still",
            "Share of the tokens whose step is exactly zero, bit for bit: 100 % is a frozen group.",
            Of.PRESENT,
            Scale.SHARES,
            "share at zero",
            true,
            "",
            List.of(new Line("", "motion.zero_share")),
            "Share of the tokens whose step is exactly zero.",
            "Line chart of the share of tokens that stand still.",
            List.of());

    private static final TimeChart LATTICE_DISPLACEMENTS = new TimeChart(
            "lattice",
            "Lattice displacements",
            LATTICE,
            Of.CHOSEN,
            Scale.LOGARITHMIC,
            "cells, or ULP",
            true,
            "",
            List.of(
                    lattice("cells, L1, mean").in("live"),
                    lattice("cells, L-infinity, mean").in("mixed").hide(),
                    lattice("cells, L-infinity, max").in("mixed").thin(1).dash(),
                    lattice("ULP, L1, mean").in("published"),
                    lattice("ULP, L-infinity, mean").in("large").hide(),
                    lattice("ULP, L-infinity, max").in("large").thin(1).dash().hide()),
            "Displacements on the lattice,",
            "Line chart of the displacements in cells and ULP,",
            Stream.of("cells", "ULP")
                    .flatMap(in -> Stream.of("L1", "L2", "L-infinity").map(norm -> in + ", " + norm))
                    .flatMap(norm -> Stream.of(norm + ", mean", norm + ", max"))
                    .map(TimeChart::lattice)
                    .toList());

    private static final TimeChart NORMS = new TimeChart(
            "norms",
            "Norms of the rows",
            "L2 norm of the rows: mean as a line, smallest and largest dashed. A group that is one black hole is a "
                    + "single line.",
            Of.PRESENT,
            Scale.LINEAR,
            "L2 norm",
            false,
            "",
            spread("norms", 1),
            "L2 norms of the rows.",
            "Line chart of the norms of live and dead rows over steps.",
            List.of());

    private static final TimeChart CENTROID = new TimeChart(
            "centroid",
            "Centroids",
            "How far the mean of each group is from where it started. The norm of all tokens\u2019 centroid is in the "
                    + "table.",
            Of.ALL_AND_PRESENT,
            Scale.LINEAR,
            "L2 distance from the start",
            false,
            "",
            List.of(new Line("displacement", "centroid.displacement")),
            "Centroids: L2 distance from the start, L2 norm, L2 distance per update.",
            "Line chart of the displacement of the centroids.",
            List.of(
                    new Line("displacement", "centroid.displacement"),
                    new Line("norm", "centroid.norm"),
                    new Line("speed", "centroid.speed")));

    private static final TimeChart GRADIENTS = new TimeChart(
            "gradients",
            "Gradient norms",
            "L2 norm of the gradient of each row before clipping: mean as a line, smallest and largest dashed; the "
                    + "lane at the bottom holds exact zeros.",
            Of.PRESENT,
            Scale.LOGARITHMIC,
            "L2 norm of the gradient",
            true,
            "Gradients were not recorded. The experiments instrumented and supermassive-black-hole record them.",
            spread("gradients", 0.8),
            "L2 norms of the gradients of the rows.",
            "Line chart of gradient norms of live and dead tokens, logarithmic.",
            List.of());

    /** All of them. */
    public static final List<TimeChart> ALL = List.of(STEPS, ZEROS, LATTICE_DISPLACEMENTS, NORMS, CENTROID, GRADIENTS);

    private static Line lattice(String figure) {
        return new Line(figure, "lattice." + figure);
    }

    private static List<Line> spread(String series, double width) {
        return List.of(
                new Line("mean", series + ".mean"),
                new Line("min", series + ".min").thin(width).dash(),
                new Line("max", series + ".max").thin(width).dash());
    }
}
