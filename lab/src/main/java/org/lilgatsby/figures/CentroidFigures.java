package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.recording.Axis;

/** The {@link Centroid} of all, live and dead tokens, [3, D]. */
public final class CentroidFigures extends OfEmbeddings {
    @Override
    public String name() {
        return "centroids";
    }

    @Override
    public String description() {
        return "centroid of all, live, dead tokens";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.figures(Inputs.GROUPS), Axis.COMPONENTS);
    }

    @Override
    void compute(Matrix w, Tokens tokens, float[] values, int at) {
        Vector position = Centroid.of(w, tokens).position();
        for (int j = 0; j < position.size(); j++) {
            values[at + j] = (float) position.get(j);
        }
    }
}
