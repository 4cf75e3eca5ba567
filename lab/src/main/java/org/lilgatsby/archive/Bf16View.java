package org.lilgatsby.archive;

import java.util.stream.IntStream;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.model.PrecisionConfig;

/** W as products of bf16 factors read it: every component rounded to bf16. */
public final class Bf16View {
    private Bf16View() {}

    /** W in the format in which a run's figures are to see it; states are rounded when they are read. */
    public static History of(History w, PrecisionConfig precision) {
        return precision.view() == PrecisionConfig.View.STORED || w.format() == FloatFormat.BF16
                ? w
                : History.of(IntStream.range(0, w.size()).map(w::step).toArray(), place -> rounded(w.matrix(place)));
    }

    private static Matrix rounded(Matrix w) {
        short[] bits = new short[Math.multiplyExact(w.rows(), w.columns())];
        for (int row = 0; row < w.rows(); row++) {
            for (int column = 0; column < w.columns(); column++) {
                bits[row * w.columns() + column] = Bf16.fromFloat((float) w.value(row, column));
            }
        }
        return Matrix.ofBits(bits, w.rows(), w.columns());
    }
}
