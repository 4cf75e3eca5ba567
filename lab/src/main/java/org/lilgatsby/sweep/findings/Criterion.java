package org.lilgatsby.sweep.findings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lilgatsby.analysis.RadiusLife;

/** Something that happens in a run at a step, or never, and that its series shows. */
sealed interface Criterion {
    /** All criteria. */
    List<Criterion> ALL = List.of(
            new SeveralBlackHoles("dead"),
            new HalfInBlackHoles("dead"),
            new SeveralBlackHoles("all"),
            new HalfInBlackHoles("all"),
            new OneRow("dead"),
            new Freezing("dead"),
            new AtRest("dead"));

    /** Its name in {@code report.json}. */
    String name();

    /** What happens, for people. */
    String sentence();

    /**
     * A watch over one run.
     *
     * @param columns of its series
     * @return empty if they do not tell
     */
    Optional<Watch> watch(List<String> columns);

    /** Sees the steps of one run in their order. */
    interface Watch {
        /** One row of the series. */
        void row(int step, double[] values);

        /** After the last row: the step of which the criterion is true; empty if there is none. */
        OptionalInt step();
    }

    /** Where a row meets a condition for the first time. */
    abstract class First implements Watch {
        private OptionalInt step = OptionalInt.empty();

        /** Whether a row meets the condition; an undefined figure does not. */
        abstract boolean holds(double[] values);

        @Override
        public void row(int at, double[] values) {
            if (step.isEmpty() && holds(values)) {
                step = OptionalInt.of(at);
            }
        }

        @Override
        public OptionalInt step() {
            return step;
        }
    }

    /** More than one black hole among some tokens. */
    record SeveralBlackHoles(String tokens) implements Criterion {
        @Override
        public String name() {
            return tokens + "_several_black_holes";
        }

        @Override
        public String sentence() {
            return "first step with more than one black hole of %s tokens".formatted(tokens);
        }

        @Override
        public Optional<Watch> watch(List<String> columns) {
            int holes = columns.indexOf(tokens + ".black_holes");
            return holes < 0
                    ? Optional.empty()
                    : Optional.of(new First() {
                        @Override
                        boolean holds(double[] values) {
                            return values[holes] > 1;
                        }
                    });
        }
    }

    /** At least half of some tokens in black holes. */
    record HalfInBlackHoles(String tokens) implements Criterion {
        @Override
        public String name() {
            return tokens + "_half_in_black_holes";
        }

        @Override
        public String sentence() {
            return "first step with at least half of %s tokens in black holes"
                    .formatted(tokens.equals("all") ? "all" : "the " + tokens);
        }

        @Override
        public Optional<Watch> watch(List<String> columns) {
            int inside = columns.indexOf(tokens + ".tokens_in_black_holes");
            int outside = columns.indexOf(tokens + ".singletons");
            return inside < 0 || outside < 0
                    ? Optional.empty()
                    : Optional.of(new First() {
                        @Override
                        boolean holds(double[] values) {
                            return values[inside] > 0 && values[inside] >= values[outside];
                        }
                    });
        }
    }

    /** Two or more tokens, and all of them equal. */
    record OneRow(String tokens) implements Criterion {
        @Override
        public String name() {
            return tokens + "_one_row";
        }

        @Override
        public String sentence() {
            return "first step with all %s tokens in one black hole".formatted(tokens);
        }

        @Override
        public Optional<Watch> watch(List<String> columns) {
            int distinct = columns.indexOf(tokens + ".distinct");
            int largest = columns.indexOf(tokens + ".largest");
            return distinct < 0 || largest < 0
                    ? Optional.empty()
                    : Optional.of(new First() {
                        @Override
                        boolean holds(double[] values) {
                            return values[distinct] == 1 && values[largest] > 1;
                        }
                    });
        }
    }

    /** More than 90 % of some tokens stand still at the same time, from some step on up to the last. */
    record Freezing(String tokens) implements Criterion {
        @Override
        public String name() {
            return tokens + "_freezing";
        }

        @Override
        public String sentence() {
            return "first step from which more than 90 %% of %s tokens stand still at the same time".formatted(tokens);
        }

        @Override
        public Optional<Watch> watch(List<String> columns) {
            int moved = columns.indexOf(tokens + ".moved");
            int inside = columns.indexOf(tokens + ".tokens_in_black_holes");
            int outside = columns.indexOf(tokens + ".singletons");
            return moved < 0 || inside < 0 || outside < 0
                    ? Optional.empty()
                    : Optional.of(new ForGood(moved, inside, outside));
        }
    }

    /** Remembers from which row on few tokens moved. */
    final class ForGood implements Watch {
        private final int moved;
        private final int inside;
        private final int outside;
        private OptionalInt step = OptionalInt.empty();

        private ForGood(int moved, int inside, int outside) {
            this.moved = moved;
            this.inside = inside;
            this.outside = outside;
        }

        @Override
        public void row(int at, double[] values) {
            double tokens = values[inside] + values[outside];
            if (!(tokens - values[moved] > RadiusLife.STILL * tokens)) {
                step = OptionalInt.empty();
            } else if (step.isEmpty()) {
                step = OptionalInt.of(at);
            }
        }

        @Override
        public OptionalInt step() {
            return step;
        }
    }

    /** No token moves any more: true from the last step that moved one, if the run continues after it. */
    record AtRest(String tokens) implements Criterion {
        @Override
        public String name() {
            return tokens + "_at_rest";
        }

        @Override
        public String sentence() {
            return "last step at which a %s token moved, in runs whose last recorded step moved none".formatted(tokens);
        }

        @Override
        public Optional<Watch> watch(List<String> columns) {
            int moved = columns.indexOf(tokens + ".moved");
            return moved < 0 ? Optional.empty() : Optional.of(new LastMotion(moved));
        }
    }

    /** Remembers the last row with motion. */
    final class LastMotion implements Watch {
        private final int moved;
        private int last;
        private boolean first = true;
        private boolean rests;

        private LastMotion(int moved) {
            this.moved = moved;
        }

        @Override
        public void row(int step, double[] values) {
            if (first || values[moved] > 0) {
                last = step;
            }
            rests = values[moved] == 0;
            first = false;
        }

        @Override
        public OptionalInt step() {
            return rests ? OptionalInt.of(last) : OptionalInt.empty();
        }
    }
}
