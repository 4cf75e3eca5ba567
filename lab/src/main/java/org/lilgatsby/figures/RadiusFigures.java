package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Radius;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.recording.Axis;

/** The {@link Radius} of all, live and dead tokens, [3, 3]: root mean square, mean and largest. */
public final class RadiusFigures extends OfEmbeddings {
    @Override
    public String name() {
        return "radii";
    }

    @Override
    public String description() {
        return "root mean square, mean and largest distance from the centroid of all, live, dead tokens";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.figures(Inputs.GROUPS), Axis.figures(3));
    }

    @Override
    void compute(Matrix w, Tokens tokens, float[] values, int at) {
        Radius radius = Radius.of(w, tokens, Centroid.of(w, tokens));
        values[at] = (float) radius.rootMeanSquare();
        values[at + 1] = (float) radius.mean();
        values[at + 2] = (float) radius.largest();
    }
}
