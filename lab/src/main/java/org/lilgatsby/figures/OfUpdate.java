package org.lilgatsby.figures;

import java.util.List;
import java.util.function.Consumer;
import org.lilgatsby.analysis.Matrix;
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

    /** Hands on the step of each token whose row changed, if only by the sign of a zero, in the order of the ids. */
    static void changed(FigureRow row, Consumer<TokenStep> steps) {
        Matrix before = Inputs.matrix(row, FigureInput.EMBEDDINGS_BEFORE);
        Matrix after = Inputs.matrix(row, FigureInput.EMBEDDINGS);
        for (int token = 0; token < after.rows(); token++) {
            if (!after.sameRow(token, before)) {
                steps.accept(TokenStep.of(before, after, token));
            }
        }
    }
}
