package org.lilgatsby.recording;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.settings.SettingException;

/**
 * How large the rows of a recording are, and which part of a run's matrices they hold.
 *
 * @param vocabulary number of tokens of the model, V
 * @param width components of an embedding, D
 * @param tokens ids of the tokens that are recorded, ascending; [V] for all
 * @param seen the format in which figures see W
 * @param live ids that occur in the corpus, ascending
 * @param dead ids that do not, ascending
 */
public record Extent(int vocabulary, int width, int[] tokens, Precision seen, int[] live, int[] dead) {
    /** Of a run that records all tokens, for which it does not matter which of them are dead. */
    public static Extent whole(int vocabulary, int width) {
        int[] all = IntStream.range(0, vocabulary).toArray();
        return new Extent(vocabulary, width, all, Precision.F32, all, new int[0]);
    }

    /** Of a recording. */
    public static Extent of(RecordingSource source) {
        return of(source.recording(), source.model(), source.precision().seen(), source.live(), source.dead());
    }

    /**
     * Of a recording.
     *
     * @throws SettingException if there is none of the chosen tokens
     */
    public static Extent of(RecordingConfig recording, ModelConfig model, Precision seen, int[] live, int[] dead) {
        int[] tokens = recording.tokens().ids(model.vocabulary(), live, dead);
        return new Extent(model.vocabulary(), model.width(), tokens, seen, live, dead);
    }

    /** The largest that a recording can have, whatever the corpus: all tokens may be dead, or live. */
    public static Extent most(RecordingConfig recording, ModelConfig model, Precision seen) {
        int[] all = IntStream.range(0, model.vocabulary()).toArray();
        return of(recording, model, seen, all, all);
    }

    /** The same matrices with all tokens. */
    Extent whole() {
        return new Extent(vocabulary, width, IntStream.range(0, vocabulary).toArray(), seen, live, dead);
    }

    /** Entries along the axes of a row: its shape. */
    long[] shape(Observable observable) {
        List<Axis> axes = observable.axes();
        long[] shape = new long[axes.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = i == 0 && isPerToken(observable)
                    ? tokens.length
                    : axes.get(i).length(vocabulary, width);
        }
        return shape;
    }

    /** Number of values in a row. */
    long values(Observable observable) {
        long values = 1;
        for (long length : shape(observable)) {
            values = Math.multiplyExact(values, length);
        }
        return values;
    }

    /** Whether a row has an entry, or a vector, for each recorded token. */
    public static boolean isPerToken(Observable observable) {
        return !observable.axes().isEmpty() && observable.axes().getFirst() == Axis.TOKENS;
    }

    /**
     * The pieces of an observable's values that a row holds, each a place and a length: consecutive tokens are one
     * piece.
     */
    int[] pieces(Observable observable) {
        if (!isPerToken(observable)) {
            return new int[] {0, Math.toIntExact(values(observable))};
        }
        int each = Math.toIntExact(values(observable) / tokens.length);
        int[] pieces = new int[2 * tokens.length];
        int length = 0;
        int first = 0;
        for (int i = 1; i <= tokens.length; i++) {
            if (i == tokens.length || tokens[i] != tokens[i - 1] + 1) {
                pieces[length++] = tokens[first] * each;
                pieces[length++] = (i - first) * each;
                first = i;
            }
        }
        return Arrays.copyOf(pieces, length);
    }
}
