package org.lilgatsby.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.recording.Axis;
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
     * @param component column of W or of the mean hidden state; 0 for a logit or a scalar
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
                tensors.add(compare(
                        tensor.observable(), first, second, a.config().model().width()));
            }
        }
        if (tensors.isEmpty()) {
            throw new SettingException(
                    "",
                    "the two runs recorded nothing in common: no observable of the same format and shape is in both, of a "
                            + "step that both recorded");
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
        return sameShape
                && b.config().recording().tensors().stream()
                        .anyMatch(t -> t.observable() == tensor.observable() && t.format() == tensor.format());
    }

    private static TensorComparison compare(Observable observable, Recording a, Recording b, int width)
            throws IOException {
        int[] stepsA = steps(a, observable);
        int[] stepsB = steps(b, observable);
        Optional<Difference> first = Optional.empty();
        int differing = 0;
        for (int step : shared(observable, a, b)) {
            TensorView rowA = a.row(observable, Arrays.binarySearch(stepsA, step));
            TensorView rowB = b.row(observable, Arrays.binarySearch(stepsB, step));
            long at = rowA.data().mismatch(rowB.data());
            if (at >= 0) {
                differing++;
                if (first.isEmpty()) {
                    first = Optional.of(difference(observable, step, rowA, rowB, at, width));
                }
            }
        }
        return new TensorComparison(observable, first, differing);
    }

    private static Difference difference(
            Observable observable, int step, TensorView a, TensorView b, long byteAt, int width) {
        int element = (int) (byteAt / a.spec().dtype().bytes());
        double[] values = new double[2];
        a.toDoubles(element, values, 0, 1);
        b.toDoubles(element, values, 1, 1);
        boolean ofComponents = observable.axes().contains(Axis.COMPONENTS);
        int token = ofComponents ? element / width : element;
        return new Difference(step, token, ofComponents ? element % width : 0, values[0], values[1]);
    }
}
