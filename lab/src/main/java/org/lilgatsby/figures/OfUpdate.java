package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.TokenStep;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Figure;
import org.lilgatsby.recording.FigureInput;
import org.lilgatsby.recording.FigureRow;

/** Figures of what one update did to W, whichever states are recorded. */
abstract class OfUpdate implements Figure {
    /** Arrays of one step, [D] each. */
    private static final long ARRAYS = 4;

    @Override
    public final Kind kind() {
        return Kind.CHANGE;
    }

    @Override
    public final List<FigureInput> reads() {
        return List.of(FigureInput.EMBEDDINGS_BEFORE, FigureInput.EMBEDDINGS);
    }

    @Override
    public final long heapBytes(Extent extent) {
        return ARRAYS * Double.BYTES * extent.width();
    }

    @Override
    public final void compute(FigureRow row, float[] values) {
        Matrix before = Inputs.matrix(row, FigureInput.EMBEDDINGS_BEFORE);
        Matrix after = Inputs.matrix(row, FigureInput.EMBEDDINGS);
        begin(row.extent(), values);
        for (int token = 0; token < after.rows(); token++) {
            Regime regime = after.sameRow(token, before)
                    ? Regime.FROZEN
                    : TokenStep.of(before, after, token).regime();
            add(row, token, regime, values);
        }
    }

    /** Before the first token. */
    abstract void begin(Extent extent, float[] values);

    /** The update moved a token so far. */
    abstract void add(FigureRow row, int token, Regime regime, float[] values);
}
