package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.recording.Axis;

/**
 * The {@link Census} of W, [3, 5]: for all, live and dead tokens the number of distinct rows, of black holes, of tokens
 * in them, of singletons, and of tokens that share the most common row.
 */
public final class CensusFigures extends OfEmbeddings {
    @Override
    public String name() {
        return "census";
    }

    @Override
    public String description() {
        return "distinct rows, black holes, tokens in them, singletons, largest; of all, live, dead tokens";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.figures(Inputs.GROUPS), Axis.figures(5));
    }

    @Override
    void compute(Matrix w, Tokens tokens, float[] values, int at) {
        Census census = Census.of(w, tokens);
        values[at] = census.distinct();
        values[at + 1] = census.blackHoleCount();
        values[at + 2] = census.tokensInBlackHoles();
        values[at + 3] = census.singletons();
        values[at + 4] = census.largest();
    }
}
