package org.lilgatsby.recording;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Written;

/**
 * The states that a recording holds, by the number of updates before them. Step 0, the state before training, is always
 * among them, since everything else is compared with it.
 *
 * @param rule which steps, without an end
 * @param until the last step that may be recorded; empty for the end of the run
 */
public record StepChoice(Rule rule, OptionalInt until) {
    private static final int MOST = 1_000_000_000;

    /** Every state. */
    public static final StepChoice ALL = every(1);

    /** What {@code recording.steps} may hold. */
    public sealed interface Which {}

    /** Rules that {@code recording.every} completes. */
    public enum Kind implements Which {
        /** {@link Every}. */
        EVERY,
        /** {@link Geometric}. */
        GEOMETRIC;

        /** The name in configurations: {@code every}, {@code geometric}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Rows in the order of training: row r is of step {@code step(r)}. */
    public sealed interface Rule {
        /** Number of chosen steps from 0 to {@code last}, which is at least 0. */
        int count(int last);

        /** The step of a row. */
        int step(int row);

        /** The row of a step; -1 if it is not chosen. */
        int row(int step);

        /** Updates from row to row, where the rule has such a number; 1 otherwise. */
        int every();
    }

    /**
     * Steps 0, n, 2n and so on.
     *
     * @param every n
     */
    public record Every(int every) implements Rule {
        /** @throws SettingException if n is out of its range */
        public Every {
            requireWithin("recording.every", every, 1, MOST);
        }

        @Override
        public int count(int last) {
            return last / every + 1;
        }

        @Override
        public int step(int row) {
            return row * every;
        }

        @Override
        public int row(int step) {
            return step % every == 0 ? step / every : -1;
        }
    }

    /**
     * Steps 0, 1, 2, 4 and so on below n, then n, 2n, 3n and so on: the grid of published series of checkpoints.
     *
     * @param every n
     */
    public record Geometric(int every) implements Rule {
        /** @throws SettingException if n is out of its range */
        public Geometric {
            requireWithin("recording.every", every, 1, MOST);
        }

        /** Powers of two below n. */
        private int powers() {
            return Integer.SIZE - Integer.numberOfLeadingZeros(every - 1);
        }

        @Override
        public int count(int last) {
            return last < every ? 1 + Integer.SIZE - Integer.numberOfLeadingZeros(last) : 1 + powers() + last / every;
        }

        @Override
        public int step(int row) {
            int powers = powers();
            return row == 0 ? 0 : row <= powers ? 1 << row - 1 : (row - powers) * every;
        }

        @Override
        public int row(int step) {
            if (step == 0) {
                return 0;
            }
            if (step < every) {
                return Integer.bitCount(step) == 1 ? 1 + Integer.numberOfTrailingZeros(step) : -1;
            }
            return step % every == 0 ? powers() + step / every : -1;
        }
    }

    /** Named steps, and step 0. */
    public static final class Listed implements Rule, Which {
        private final int[] steps; // ascending from 0

        private Listed(int[] steps) {
            this.steps = steps;
        }

        @Override
        public int count(int last) {
            int at = Arrays.binarySearch(steps, last);
            return at >= 0 ? at + 1 : -at - 1;
        }

        @Override
        public int step(int row) {
            return steps[row];
        }

        @Override
        public int row(int step) {
            return Math.max(-1, Arrays.binarySearch(steps, step));
        }

        @Override
        public int every() {
            return 1;
        }

        /** The steps, ascending. */
        public List<Integer> steps() {
            return Arrays.stream(steps).boxed().toList();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Listed that && Arrays.equals(steps, that.steps);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(steps);
        }

        @Override
        public String toString() {
            return Arrays.toString(steps);
        }
    }

    /** @throws SettingException if the end is out of its range */
    public StepChoice {
        until.ifPresent(last -> requireWithin("recording.until", last, 0, MOST));
    }

    /**
     * The choice that three settings make together.
     *
     * @throws SettingException if steps are listed and {@code every} is not 1
     */
    @Written
    static StepChoice of(
            @Setting(
                            name = "steps",
                            value = "whose states have a row; 0 is the state before training",
                            example = "[1, 10]")
                    Which which,
            @Setting(name = "every", value = "steps between rows; row 0 is the state before training") int every,
            @Setting(name = "until", value = "the last step that may have a row") OptionalInt until) {
        Rule rule = switch (which) {
            case Kind kind -> kind == Kind.EVERY ? new Every(every) : new Geometric(every);
            case Listed listed -> listed;
        };
        require(
                which instanceof Kind || every == 1,
                "recording.every",
                "recording.every is %d, but recording.steps names the steps; leave one of them out".formatted(every));
        return new StepChoice(rule, until);
    }

    /** Steps 0, n, 2n and so on. */
    public static StepChoice every(int n) {
        return new StepChoice(new Every(n), OptionalInt.empty());
    }

    /**
     * Named steps; 0 is added.
     *
     * @throws SettingException if they do not ascend
     */
    public static Listed listed(List<Integer> steps) {
        int previous = -1;
        for (int step : steps) {
            require(
                    step > previous,
                    "recording.steps",
                    previous < 0
                            ? "recording.steps names step %d; steps are counted from 0".formatted(step)
                            : "recording.steps must ascend, but %d follows %d".formatted(step, previous));
            previous = step;
        }
        int[] all = steps.stream().mapToInt(Integer::intValue).toArray();
        return new Listed(Arrays.stream(all).limit(1).anyMatch(step -> step == 0) ? all : withStart(all));
    }

    private static int[] withStart(int[] steps) {
        int[] all = new int[steps.length + 1];
        System.arraycopy(steps, 0, all, 1, steps.length);
        return all;
    }

    /** Number of chosen steps from 0 to {@code last}; none if that is negative. */
    int count(int last) {
        int end = until.isPresent() ? Math.min(last, until.getAsInt()) : last;
        return end < 0 ? 0 : rule.count(end);
    }

    /** The step of a row. */
    int step(int row) {
        return rule.step(row);
    }

    /** The row of a step; -1 if it is not recorded. */
    int row(int step) {
        return until.isPresent() && step > until.getAsInt() ? -1 : rule.row(step);
    }

    /** Whether every update up to the last recorded state leads from one row to the next. */
    public boolean isGapless() {
        return rule.equals(new Every(1));
    }

    /**
     * Checks that all named steps are steps of the run.
     *
     * @throws SettingException naming the first that is not
     */
    public void requireWithinRun(int steps) {
        if (rule instanceof Listed listed) {
            int last = listed.steps[listed.steps.length - 1];
            require(
                    last <= steps,
                    "recording.steps",
                    "recording.steps names step %d, but training.steps is %d".formatted(last, steps));
        }
        until.ifPresent(last -> require(
                last <= steps,
                "recording.until",
                "recording.until is %d, but training.steps is %d".formatted(last, steps)));
    }

    /** Which states are recorded, in words: {@code every step}, {@code one step in 10}. */
    public String inWords() {
        String which = switch (rule) {
            case Every(int n) -> n == 1 ? "every step" : "one step in " + n;
            case Geometric(int n) -> "steps 0, 1, 2, 4 and so on below %d, then one in %d".formatted(n, n);
            case Listed listed -> listed.steps.length + " chosen steps";
        };
        return which + (until.isPresent() ? " until step " + until.getAsInt() : "");
    }
}
