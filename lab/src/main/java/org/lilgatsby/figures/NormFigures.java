package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.RowNorms;
import org.lilgatsby.analysis.Summary;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.recording.Axis;

/** The smallest, mean and largest L2 norm of the rows of W, [3, 3]: for all, live and dead tokens. */
public final class NormFigures extends OfEmbeddings {
    @Override
    public String name() {
        return "norms";
    }

    @Override
    public String description() {
        return "smallest, mean and largest L2 norm of the rows of all, live, dead tokens";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.figures(Inputs.GROUPS), Axis.figures(3));
    }

    @Override
    void compute(Matrix w, Tokens tokens, float[] values, int at) {
        Summary norms = RowNorms.of(w, tokens).norms();
        values[at] = (float) norms.min();
        values[at + 1] = (float) norms.mean();
        values[at + 2] = (float) norms.max();
    }
}
