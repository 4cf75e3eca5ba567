package org.lilgatsby.experiment;

import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.RowNorms;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.experiment.Findings.Group;

/** Describes groups of rows. */
public final class Groups {
    private Groups() {}

    /** Everything that is reported of a group at one step. */
    static Group of(Matrix matrix, Tokens tokens) {
        Census census = Census.of(matrix, tokens);
        Centroid centroid = Centroid.of(matrix, tokens);
        return new Group(
                tokens.size(),
                census.distinct(),
                census.blackHoleCount(),
                census.tokensInBlackHoles(),
                census.singletons(),
                census.largest(),
                census.concentration(),
                census.populations(),
                census.blackHoles().stream()
                        .map(BlackHole::tokens)
                        .map(Tokens::toArray)
                        .toList(),
                Evidence.range(RowNorms.of(matrix, tokens).norms()),
                centroid.norm(),
                radius(matrix, tokens, centroid));
    }

    /** Root mean square L2 distance of the rows from their centroid. */
    private static double radius(Matrix matrix, Tokens tokens, Centroid centroid) {
        double squares = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Vector offset = new Vector(matrix.values(tokens.id(i))).minus(centroid.position());
            squares += offset.dot(offset);
        }
        return Math.sqrt(squares / tokens.size());
    }
}
