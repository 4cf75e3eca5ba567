package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.LogitShape;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Figure;
import org.lilgatsby.recording.FigureInput;
import org.lilgatsby.recording.FigureRow;

/**
 * The probability that the model gives to all dead tokens together at the last position of the step's first sequence, a
 * number: {@link LogitShape#deadMass}. Zero before training.
 */
public final class DeadProbability implements Figure {
    /** Arrays of {@link LogitShape} and the logits. */
    private static final long ARRAYS = 4;

    @Override
    public String name() {
        return "dead_probability";
    }

    @Override
    public String description() {
        return "given to all dead tokens together, at the last position of the first window";
    }

    @Override
    public List<Axis> axes() {
        return List.of();
    }

    @Override
    public List<FigureInput> reads() {
        return List.of(FigureInput.LOGITS);
    }

    @Override
    public long heapBytes(Extent extent) {
        return ARRAYS * Double.BYTES * extent.vocabulary();
    }

    @Override
    public void compute(FigureRow row, float[] values) {
        double[] logits = Inputs.vector(row, FigureInput.LOGITS, row.extent().vocabulary());
        values[0] = (float)
                LogitShape.of(logits, Inputs.tokens(row.extent(), Group.DEAD)).deadMass();
    }
}
