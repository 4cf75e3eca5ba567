package org.lilgatsby.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lilgatsby.experiment.Findings.Range;

/** What one experiment asks beyond the figures that every run has. */
public sealed interface ExperimentFindings {
    /**
     * 08.2a: where the dead tokens ended, and how far the cloud expanded.
     *
     * @param files number of files found
     * @param expectedFiles number of files that the run must have written
     * @param dead where the dead tokens ended; empty without them
     * @param expansion radius of the cloud of all rows at the end over that at the start; infinite from a point
     * @param walk of the centroid of all rows; empty if it never moved
     * @param hypotheses both of them, judged
     */
    record EmbeddingEvolution(
            int files,
            int expectedFiles,
            Optional<DeadTokens> dead,
            double expansion,
            Optional<Walk> walk,
            List<Verdict> hypotheses)
            implements ExperimentFindings {
        /** Copies the list. */
        public EmbeddingEvolution {
            hypotheses = List.copyOf(hypotheses);
        }
    }

    /**
     * Where the dead tokens ended.
     *
     * @param largestMove largest L2 distance of a dead row from where it started
     * @param largestMoveCells largest distance of a component of it from where it started, in cells of its lattice
     * @param largestMoveCellsOnOneSide the same over components that stayed on their side of zero
     * @param largestGap largest L2 distance of two dead rows at the end
     * @param liveDistance L2 distances of the live rows from the dead rows' centroid at the end
     */
    record DeadTokens(
            double largestMove,
            double largestMoveCells,
            double largestMoveCellsOnOneSide,
            double largestGap,
            Range liveDistance) {}

    /**
     * How a centroid went, over all recorded steps.
     *
     * @param pathLength sum of the L2 lengths of its steps
     * @param efficiency displacement over path length: 1 for a straight line
     * @param diffusion displacement squared over the sum of the squared steps: near 1 for a random walk, the number of
     *     steps for a straight line at constant speed
     */
    record Walk(double pathLength, double efficiency, double diffusion) {}

    /**
     * 11.2c: whether a quantised snowball stays several black holes.
     *
     * @param development what became of the black holes of all rows
     * @param geometry the dead rows at the end; empty with fewer than two dead tokens
     */
    record PrimordialSnowball(Development development, Optional<DeadRowDistances> geometry)
            implements ExperimentFindings {}

    /** What happened to the black holes from the start to the end. */
    enum Development {
        /** Fewer than at the start, but more than one. */
        CONSOLIDATION("fewer black holes than at the start: they merged or dissolved"),
        /** More than at the start. */
        FRAGMENTATION("more black holes than at the start: they broke up"),
        /** As many as at the start. */
        STABLE("as many black holes as at the start"),
        /** One, after several. */
        COLLAPSE("a single black hole is left of several"),
        /** None, after some. */
        DISPERSAL("no black hole is left: every token has a row of its own"),
        /** None at either end. */
        NONE("there were no black holes, and there are none");

        private final String inWords;

        Development(String inWords) {
            this.inWords = inWords;
        }

        /** The name in {@code report.json}, such as {@code consolidation}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What happened, for people. */
        public String inWords() {
            return inWords;
        }

        static Development of(int before, int after) {
            if (after == 0) {
                return before == 0 ? NONE : DISPERSAL;
            }
            if (after == before) {
                return STABLE;
            }
            if (after > before) {
                return FRAGMENTATION;
            }
            return after == 1 ? COLLAPSE : CONSOLIDATION;
        }
    }

    /**
     * How far the dead rows are apart, on every scale that has been called epsilon or ULP.
     *
     * @param linf L-infinity distances of all pairs of dead tokens, equal rows included
     * @param sigma standard deviation of the noise that the rows started with
     * @param linfOverSigma largest distance over sigma, which the notebook called ULP; NaN if sigma is 0
     * @param ulp true ULP of the dead rows' components: smallest, mean, largest
     * @param widest where the largest distance lies; empty if all dead rows are equal
     */
    record DeadRowDistances(Range linf, double sigma, double linfOverSigma, Range ulp, Optional<Widest> widest) {}

    /**
     * The two dead rows that are furthest apart, and the component in which they are.
     *
     * @param tokenA the token with the smaller id
     * @param tokenB the other
     * @param component the column
     * @param distance the difference there
     * @param ulp the true ULP there
     * @param overUlp the difference in ULP
     * @param overTwoUlp the difference in units of 2 ULP
     */
    record Widest(
            int tokenA, int tokenB, int component, double distance, double ulp, double overUlp, double overTwoUlp) {}

    /**
     * 13.4a: whether the structure of a large model arises.
     *
     * @param linfOverEpsilon largest L-infinity distance of two dead rows over epsilon; NaN without two distinct ones
     * @param largestShare share of the largest black hole among the dead tokens in black holes; NaN without one
     * @param concentration sum of the squared shares of all of them, the same way; NaN without one
     */
    record Float32Edition(double linfOverEpsilon, double largestShare, double concentration)
            implements ExperimentFindings {}

    /**
     * 14.1a: whether dead tokens receive gradients.
     *
     * @param weightDecay what else moves a dead token
     * @param deadOverLive mean gradient norm of dead tokens over that of live tokens at the first update; NaN if
     *     unknown
     */
    record Instrumented(double weightDecay, double deadOverLive) implements ExperimentFindings {}

    /**
     * 1.12b: what leaves one supermassive black hole.
     *
     * @param initialDistances pairwise L2 distances of all rows at the start
     * @param finalDistances pairwise L2 distances of all rows at the end
     * @param adam the moments after warm-up; empty if not recorded, or the run was too short
     * @param dead the dead rows over the run; empty without dead tokens
     */
    record SupermassiveBlackHole(
            Pairs initialDistances, Pairs finalDistances, Optional<AdamState> adam, Optional<Together> dead)
            implements ExperimentFindings {}

    /**
     * Pairwise distances.
     *
     * @param pairs number of pairs of tokens
     * @param identical how many of them have equal rows
     * @param distance L2 distances of all pairs
     */
    record Pairs(long pairs, long identical, Range distance) {}

    /**
     * The optimizer's memory of W at a step.
     *
     * @param step number of updates behind it
     * @param momentum mean magnitude of exp_avg over all components
     * @param variance mean of exp_avg_sq over all components
     */
    record AdamState(int step, double momentum, double variance) {}

    /**
     * How long the dead rows stayed one.
     *
     * @param always whether they are equal bit for bit at every recorded step
     * @param firstStepApart the first recorded step at which they are not; -1 if there is none
     * @param lastMotion the last recorded step at which a dead row differs from the recorded step before; 0 if none
     *     does
     * @param escaped live rows at the end that equal no dead row
     */
    record Together(boolean always, int firstStepApart, int lastMotion, int escaped) {}
}
