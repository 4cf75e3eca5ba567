package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Figure;
import org.lilgatsby.recording.FigureInput;
import org.lilgatsby.recording.FigureRow;

/** Figures of W in one state: as many for each group of tokens, all, live and dead. */
abstract class OfEmbeddings implements Figure {
    /** Bytes that an analysis has in use for each row, lists and boxes included. */
    private static final long BYTES_A_ROW = 128;

    @Override
    public final Kind kind() {
        return Kind.STATE;
    }

    @Override
    public final List<FigureInput> reads() {
        return List.of(FigureInput.EMBEDDINGS);
    }

    @Override
    public final long heapBytes(Extent extent) {
        return BYTES_A_ROW * extent.vocabulary() + Double.BYTES * 8L * extent.width();
    }

    @Override
    public final void compute(FigureRow row, float[] values) {
        Matrix w = Inputs.matrix(row, FigureInput.EMBEDDINGS);
        int each = values.length / Inputs.GROUPS;
        for (Group group : Group.values()) {
            compute(w, Inputs.tokens(row.extent(), group), values, group.ordinal() * each);
        }
    }

    /** Computes the figures of a group to values[at] and on. */
    abstract void compute(Matrix w, Tokens tokens, float[] values, int at);

    /** A group without tokens has no norm and no centroid: NaN. */
    @Override
    public final boolean allows(int update, float value) {
        return !Float.isInfinite(value);
    }
}
