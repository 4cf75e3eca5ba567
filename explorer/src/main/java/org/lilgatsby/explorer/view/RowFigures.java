package org.lilgatsby.explorer.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.TokenStep;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;

/** A figure of each row and state, by which a cloud is coloured. */
public enum RowFigures {
    /** L2 norm of the row. */
    NORM,
    /** L2 norm of the step from the recorded state before. */
    STEP2,
    /** L-infinity norm of it. */
    STEPINF,
    /** Its regime: 0 frozen, 1 single axis hop, 2 adjacent cell, 3 local, 4 multi cell. */
    REGIME;

    /**
     * What the numbers are: float32 [steps, rows], NaN where undefined.
     *
     * @param rows token ids
     */
    public record Header(int[] steps, int[] rows, String figure) {}

    /**
     * The figure of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RowFigures named(String name) {
        return Arrays.stream(values())
                .filter(figure -> figure.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("figure must be norm, step2, stepInf or regime"));
    }

    /** A block of states, from one step to another. */
    public Block of(History history, Tokens tokens, int from, int to) {
        int[] places = States.between(history, from, to, (long) Float.BYTES * tokens.size());
        float[] figures = new float[Math.multiplyExact(places.length, tokens.size())];
        for (int i = 0; i < places.length; i++) {
            int first = i * tokens.size();
            Matrix now = history.matrix(places[i]);
            Matrix before = places[i] == 0 ? null : history.matrix(places[i] - 1);
            IntStream.range(0, tokens.size())
                    .parallel()
                    .forEach(k -> figures[first + k] = (float) of(before, now, tokens.id(k)));
        }
        ByteBuffer numbers = ByteBuffer.allocate(Float.BYTES * figures.length).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(figures);
        Header header = new Header(States.steps(history, places), tokens.toArray(), name().toLowerCase(Locale.ROOT));
        return new Block(header, numbers);
    }

    private double of(Matrix before, Matrix now, int token) {
        if (this == NORM) {
            return new Vector(now.values(token)).norm();
        }
        if (before == null) {
            return Double.NaN;
        }
        TokenStep step = TokenStep.of(before, now, token);
        return switch (this) {
            case NORM -> throw new IllegalStateException("a norm needs only one state");
            case STEP2 -> step.l2();
            case STEPINF -> step.lInfinity();
            case REGIME -> step.regime().ordinal();
        };
    }
}
