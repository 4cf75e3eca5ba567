package org.lilgatsby.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.MoveClass;
import org.lilgatsby.analysis.Steps;
import org.lilgatsby.analysis.Stillness;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.analysis.TokenLife.Scale;
import org.lilgatsby.analysis.Tokens;

/**
 * How some tokens came to rest. Steps are 0 for what never happened; a median of an even number is the lower of the two
 * in the middle.
 *
 * @param tokens how many they are
 * @param resting those that take no step in the last tenth of the recording, which is its last step at least
 * @param medianLeap median of their last steps with L2 above the root of the width, in cells
 * @param medianCrawl median of their last steps with L-infinity above a cell
 * @param medianEnd median of their last steps
 * @param firstTenth the step up to which one in ten has taken its last
 * @param lastTenth the step up to which nine in ten have taken their last
 * @param last the last step of any of them
 * @param end the last recorded step
 * @param moving those that move in it
 * @param stillness the steps in which none of them moves
 */
public record Rest(
        int tokens,
        int resting,
        int medianLeap,
        int medianCrawl,
        int medianEnd,
        int firstTenth,
        int lastTenth,
        int last,
        int end,
        int moving,
        Stillness stillness) {
    /**
     * The rest of a group; empty without tokens.
     *
     * @param w the recorded states
     * @param freezing of them
     */
    public static Optional<Rest> of(History w, LiveDeadSplit split, Freezing freezing, Group group) {
        return of(
                w,
                split.tokens(group),
                freezing.lives(),
                freezing.frozen().get(group).movers());
    }

    /**
     * The rest of some tokens; empty if there are none.
     *
     * @param steps when states were recorded
     * @param all the lives of all tokens, by id
     * @param movers those of the tokens that moved, at every place
     */
    static Optional<Rest> of(Steps steps, Tokens tokens, List<TokenLife> all, CountSeries movers) {
        if (tokens.size() == 0) {
            return Optional.empty();
        }
        List<TokenLife> lives =
                Arrays.stream(tokens.toArray()).mapToObj(all::get).toList();
        int[] ends = ends(lives, MoveClass.ANY);
        int end = steps.step(steps.size() - 1);
        return Optional.of(new Rest(
                ends.length,
                (int) Arrays.stream(ends)
                        .filter(step -> isBeforeLastTenth(step, end))
                        .count(),
                at(ends(lives, MoveClass.L2_ABOVE_ROOT_OF_WIDTH), 0.5),
                at(ends(lives, MoveClass.L_INFINITY_ABOVE_1), 0.5),
                at(ends, 0.5),
                at(ends, 0.1),
                at(ends, 0.9),
                ends[ends.length - 1],
                end,
                (int) Arrays.stream(ends).filter(step -> step == end).count(),
                Stillness.of(steps, movers)));
    }

    /**
     * Whether a step came to an end: a token that takes its last in the last tenth of the recording may take another
     * after it.
     */
    public boolean isOver(int step) {
        return isBeforeLastTenth(step, end);
    }

    private static boolean isBeforeLastTenth(int step, int end) {
        return step <= end - Math.max(1, end / 10);
    }

    /** Share of the tokens that take no step in the last tenth of the recording. */
    public double restingShare() {
        return (double) resting / tokens;
    }

    private static int[] ends(List<TokenLife> lives, MoveClass moves) {
        return lives.stream()
                .mapToInt(life -> life.last(Scale.CELLS, moves))
                .sorted()
                .toArray();
    }

    private static int at(int[] ends, double share) {
        return ends[Math.max(0, (int) Math.ceil(share * ends.length) - 1)];
    }
}
