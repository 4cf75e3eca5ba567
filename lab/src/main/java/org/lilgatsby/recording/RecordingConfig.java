package org.lilgatsby.recording;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lilgatsby.settings.SettingException;

/**
 * What a run records.
 *
 * @param tensors the tensors with one row per recorded step; at least one, with different names
 * @param constants the tensors held once; each at most once. {@link Constants#RECORDED_STEPS} is always included:
 *     first, unless it is given
 * @param every n: rows are written for the states after 0, n, 2n, ... updates
 * @param instant when a step's row is recorded
 * @param layout where the rows go
 */
public record RecordingConfig(
        List<RecordedTensor> tensors, List<Constant> constants, int every, Instant instant, Layout layout) {
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
        constants = withRecordedSteps(constants);
        require(
                !tensors.isEmpty(),
                "recording.tensors",
                "recording.tensors is empty; a run records at least one tensor");
        Set<String> names = new HashSet<>();
        for (RecordedTensor tensor : tensors) {
            require(
                    names.add(tensor.name()),
                    "recording.tensors",
                    "recording.tensors names %s twice".formatted(tensor.name()));
        }
        for (Constant constant : constants) {
            require(
                    names.add(constant.name()),
                    "recording.constants",
                    "recording.constants names %s, which the recording holds already".formatted(constant.name()));
        }
        requireWithin("recording.every", every, 1, 1_000_000_000);
        requirePresent("recording.instant", instant);
        requirePresent("recording.layout", layout);
        require(
                layout == Layout.STREAM || constants.size() == 1,
                "",
                ("recording.constants is %s, but with layout per-step there is no file that holds more than "
                                + "recorded_steps; use layout stream, or []")
                        .formatted(constants.stream().map(Constant::name).toList()));
    }

    private static List<Constant> withRecordedSteps(List<Constant> constants) {
        List<Constant> all = new ArrayList<>(constants);
        if (!all.contains(Constants.RECORDED_STEPS)) {
            all.addFirst(Constants.RECORDED_STEPS);
        }
        return List.copyOf(all);
    }

    /** Rows that are recorded when {@code steps} updates have been carried out. */
    public int rows(int steps) {
        return instant == Instant.AFTER ? steps / every + 1 : Math.ceilDiv(steps, every);
    }

    /** Number of updates before the state of a row. */
    public int step(int row) {
        return row * every;
    }

    /** The update whose loss, gradient and the like are in a row; 0 for a row that holds none. */
    public int update(int row) {
        return instant == Instant.AFTER ? step(row) : step(row) + 1;
    }
}
