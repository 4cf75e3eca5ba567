package org.lilgatsby.recording;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;

/**
 * What a run records.
 *
 * @param tensors the tensors with one row per recorded step; at least one, with different names
 * @param constants the tensors held once; each at most once. {@link Constants#RECORDED_STEPS} is always included:
 *     first, unless it is given; {@link Constants#RECORDED_TOKENS} where not all tokens are recorded
 * @param steps the states that have a row
 * @param tokens the tokens whose rows are recorded
 * @param checkpoints steps after which a checkpoint is written and kept, ascending; 0 is before training
 * @param instant when a step's row is recorded
 * @param layout where the rows go
 */
public record RecordingConfig(
        List<RecordedTensor> tensors,

        @Setting(value = "tensors stored once for the whole recording", example = "[dead_token_ids, init_sigma]")
        List<Constant> constants,

        @Setting(inline = true) StepChoice steps,

        @Setting(value = "whose rows are recorded; recorded_tokens holds their ids", example = "[7, 20-31]")
        TokenChoice tokens,

        @Setting(value = "steps after which a checkpoint is written and kept", example = "[1, 10]")
        List<Integer> checkpoints,

        Instant instant,
        Layout layout) {
    private static final String CHECKPOINTS = "recording.checkpoints";

    /** The last step that fits into a file's name. */
    private static final int LAST_CHECKPOINT = 9_999_999;

    /** The constants that say which rows there are. */
    private static final List<Constant> WHICH_ROWS = List.of(Constants.RECORDED_STEPS, Constants.RECORDED_TOKENS);

    /** Records all tokens of one state in {@code every}, with no checkpoint that stays. */
    public RecordingConfig(
            List<RecordedTensor> tensors, List<Constant> constants, int every, Instant instant, Layout layout) {
        this(tensors, constants, StepChoice.every(every), TokenChoice.ALL, List.of(), instant, layout);
    }

    /** When a step's row is recorded. Row r is of the state after r n updates in both cases. */
    public enum Instant {
        /**
         * After the update: row r also holds what update r n computed. Row 0 is the state before training, of no
         * update.
         */
        AFTER,
        /**
         * Before the update, as a script that records between backward and the optimizer's step: row r also holds what
         * update r n + 1 computed. The state after the last update has no row.
         */
        BEFORE;

        /** The name in configurations: {@code after}, {@code before}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the rows go. */
    public enum Layout {
        /** One file, laid out in full when the run starts and filled during training. */
        STREAM,
        /** One file per recorded step. */
        PER_STEP;

        /** The name in configurations: {@code stream}, {@code per-step}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws SettingException if a value is out of its range, or a name occurs twice */
    public RecordingConfig {
        requirePresent("recording.tensors", tensors);
        requirePresent("recording.constants", constants);
        tensors = List.copyOf(tensors);
        requirePresent(TokenChoice.KEY, tokens);
        requirePresent("recording.steps", steps);
        constants = withWhatSaysWhichRows(constants, tokens);
        require(
                !tensors.isEmpty(),
                "recording.tensors",
                "recording.tensors is empty; a run records at least one tensor");
        Set<String> names = new HashSet<>();
        for (RecordedTensor tensor : tensors) {
            require(
                    names.add(tensor.name()),
                    "recording.tensors",
                    () -> "recording.tensors names %s twice".formatted(tensor.name()));
        }
        for (Constant constant : constants) {
            require(
                    names.add(constant.name()),
                    "recording.constants",
                    () -> "recording.constants names %s, which the recording holds already".formatted(constant.name()));
        }
        checkpoints = List.copyOf(checkpoints);
        requireAscending(checkpoints);
        requirePresent("recording.instant", instant);
        requirePresent("recording.layout", layout);
        List<Constant> held = constants;
        require(
                layout == Layout.STREAM || WHICH_ROWS.containsAll(held),
                "",
                () -> ("recording.constants is %s, but with layout per-step no file holds more than "
                                + "recorded_steps and recorded_tokens; use layout stream, or []")
                        .formatted(held.stream().map(Constant::name).toList()));
    }

    private static List<Constant> withWhatSaysWhichRows(List<Constant> constants, TokenChoice tokens) {
        List<Constant> all = new ArrayList<>(constants);
        if (!tokens.isAll() && !all.contains(Constants.RECORDED_TOKENS)) {
            all.addFirst(Constants.RECORDED_TOKENS);
        }
        if (!all.contains(Constants.RECORDED_STEPS)) {
            all.addFirst(Constants.RECORDED_STEPS);
        }
        return List.copyOf(all);
    }

    private static void requireAscending(List<Integer> checkpoints) {
        int previous = -1;
        for (int step : checkpoints) {
            requireWithin(CHECKPOINTS, step, 0, LAST_CHECKPOINT);
            require(
                    step > previous,
                    CHECKPOINTS,
                    CHECKPOINTS + " must ascend, but %d follows %d".formatted(step, previous));
            previous = step;
        }
    }

    /**
     * Checks that steps and tokens are of the run.
     *
     * @param updates of the run
     * @throws SettingException naming the first that is not
     */
    public void requireWithinRun(int updates, int vocabulary) {
        steps.requireWithinRun(updates);
        tokens.requireWithin(vocabulary);
        require(
                checkpoints.isEmpty() || checkpoints.getLast() <= updates,
                CHECKPOINTS,
                () -> CHECKPOINTS
                        + " names step %s, but training.steps is %d"
                                .formatted(checkpoints.isEmpty() ? "" : checkpoints.getLast(), updates));
    }

    /** Rows that are recorded when {@code steps} updates have been carried out. */
    public int rows(int steps) {
        return this.steps.count(instant == Instant.AFTER ? steps : steps - 1);
    }

    /** Whether W of every token can be read from it at each recorded state. */
    public boolean holdsEmbeddings() {
        return tokens.isAll() && holdsRows();
    }

    /** Whether W of the chosen tokens can be read from it at each recorded state. */
    public boolean holdsRows() {
        return observes(Observables.EMBEDDINGS) || observes(Observables.DELTAS) && steps.isGapless();
    }

    private boolean observes(Observable observable) {
        return tensors.stream().anyMatch(tensor -> tensor.observable() == observable);
    }

    /** Number of updates before the state of a row. */
    public int step(int row) {
        return steps.step(row);
    }

    /** The update whose loss, gradient and the like are in a row; 0 for a row that holds none. */
    public int update(int row) {
        return instant == Instant.AFTER ? step(row) : step(row) + 1;
    }
}
