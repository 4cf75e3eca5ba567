package org.lilgatsby.archive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.settings.SettingException;

/**
 * A bit-for-bit comparison of two recordings on the steps that both have. What updates computed is compared by update,
 * whether it was recorded before or after it.
 *
 * @param sharedSteps number of states that both recorded
 * @param lastSharedStep number of updates before the last of these states
 * @param tensors what both recorded in the same format and shape, in the order of the first run
 */
public record RunComparison(int sharedSteps, int lastSharedStep, List<TensorComparison> tensors) {
    /**
     * One observable.
     *
     * @param observable what was compared
     * @param first the first difference; empty if they are equal bit for bit
     * @param differingSteps number of shared steps whose rows differ
     */
    public record TensorComparison(Observable observable, Optional<Difference> first, int differingSteps) {}

    /**
     * A place where two recordings differ.
     *
     * @param step step of the row
     * @param token row of W, or the id of a logit; 0 for what belongs to no token
     * @param component column of W or of the mean hidden state, or place of a figure; 0 for a logit or a scalar
     * @param a value in the first run
     * @param b value in the second run
     */
    public record Difference(int step, int token, int component, double a, double b) {}

    /** Whether something was compared and all of it is equal bit for bit. */
    public boolean identical() {
        return !tensors.isEmpty() && tensors.stream().allMatch(t -> t.first().isEmpty());
    }

    /**
     * Compares two recordings.
     *
     * @throws IOException if a recording cannot be read
     * @throws SettingException if there is nothing to compare, saying why
     */
    public static RunComparison of(RunArchive a, RunArchive b) throws IOException {
        Recording first = a.recording();
        Recording second = b.recording();
        List<Integer> states = shared(first.steps(), second.steps());
        List<TensorComparison> tensors = new ArrayList<>();
        for (RecordedTensor tensor : a.config().recording().tensors()) {
            if (comparable(tensor, a, b)
                    && !shared(tensor.observable(), first, second).isEmpty()) {
                tensors.add(compare(tensor.observable(), a, b));
            }
        }
        if (tensors.isEmpty()) {
            throw new SettingException(
                    "",
                    "the two runs have nothing to compare: no observable was recorded by both at the same step, in "
                            + "the same format and shape");
        }
        return new RunComparison(states.size(), states.getLast(), tensors);
    }

    /** The steps in both, which ascend. */
    private static List<Integer> shared(int[] a, int[] b) {
        return IntStream.of(a)
                .filter(step -> Arrays.binarySearch(b, step) >= 0)
                .boxed()
                .toList();
    }

    private static List<Integer> shared(Observable observable, Recording a, Recording b) {
        return shared(steps(a, observable), steps(b, observable));
    }

    /** The steps that the rows of an observable are of. */
    private static int[] steps(Recording recording, Observable observable) {
        return observable.kind() == Observable.Kind.COMPUTED ? recording.updates() : recording.steps();
    }

    private static boolean comparable(RecordedTensor tensor, RunArchive a, RunArchive b) {
        boolean sameShape =
                a.config().model().vocabulary() == b.config().model().vocabulary()
                        && a.config().model().width() == b.config().model().width();
        boolean sharesTokens = !Extent.isPerToken(tensor.observable())
                || shared(a.tokens(), b.tokens()).size() > 0;
        return sameShape
                && sharesTokens
                && b.config().recording().tensors().stream()
                        .anyMatch(t -> t.observable() == tensor.observable() && t.format() == tensor.format());
    }

    private static TensorComparison compare(Observable observable, RunArchive first, RunArchive second)
            throws IOException {
        Recording a = first.recording();
        Recording b = second.recording();
        Rows rows = Rows.of(observable, first, second);
        int[] stepsA = steps(a, observable);
        int[] stepsB = steps(b, observable);
        Optional<Difference> found = Optional.empty();
        int differing = 0;
        for (int step : shared(observable, a, b)) {
            TensorView rowA = a.row(observable, Arrays.binarySearch(stepsA, step));
            TensorView rowB = b.row(observable, Arrays.binarySearch(stepsB, step));
            OptionalInt row = rows.firstDifferent(rowA, rowB);
            if (row.isPresent()) {
                differing++;
                if (found.isEmpty()) {
                    found = Optional.of(rows.difference(step, rowA, rowB, row.getAsInt()));
                }
            }
        }
        return new TensorComparison(observable, found, differing);
    }

    /**
     * The parts of a row that are compared: one for each token that both recorded, or the whole row.
     *
     * @param tokens the ids
     * @param inA their places in the first recording
     * @param inB their places in the second
     * @param parts parts of a row of the first and of the second
     */
    private record Rows(int[] tokens, int[] inA, int[] inB, int[] parts) {
        static Rows of(Observable observable, RunArchive a, RunArchive b) {
            if (!Extent.isPerToken(observable)) {
                return new Rows(new int[] {0}, new int[] {0}, new int[] {0}, new int[] {1, 1});
            }
            int[] ofA = a.tokens();
            int[] ofB = b.tokens();
            int[] both = shared(ofA, ofB).stream().mapToInt(Integer::intValue).toArray();
            return new Rows(
                    both,
                    IntStream.of(both).map(id -> Arrays.binarySearch(ofA, id)).toArray(),
                    IntStream.of(both).map(id -> Arrays.binarySearch(ofB, id)).toArray(),
                    new int[] {ofA.length, ofB.length});
        }

        private MemorySegment part(TensorView row, int place, int ofRun) {
            long bytes = row.spec().bytes() / parts[ofRun];
            return row.data().asSlice(place * bytes, bytes);
        }

        OptionalInt firstDifferent(TensorView a, TensorView b) {
            if (Arrays.equals(inA, inB) && parts[0] == parts[1] && a.data().mismatch(b.data()) < 0) {
                return OptionalInt.empty();
            }
            return IntStream.range(0, tokens.length)
                    .filter(i -> part(a, inA[i], 0).mismatch(part(b, inB[i], 1)) >= 0)
                    .findFirst();
        }

        Difference difference(int step, TensorView a, TensorView b, int at) {
            int bytes = a.spec().dtype().bytes();
            int component = (int) (part(a, inA[at], 0).mismatch(part(b, inB[at], 1)) / bytes);
            int values = (int) (a.spec().shape().elements() / parts[0]);
            double[] found = new double[2];
            a.toDoubles(inA[at] * values + component, found, 0, 1);
            b.toDoubles(inB[at] * values + component, found, 1, 1);
            return new Difference(step, tokens[at], component, found[0], found[1]);
        }
    }
}
