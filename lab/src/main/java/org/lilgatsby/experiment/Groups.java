package org.lilgatsby.experiment;

import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.DistinctRows;
import org.lilgatsby.analysis.Radius;
import org.lilgatsby.analysis.RowNorms;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.Findings.Group;

/** Describes groups of rows. */
public final class Groups {
    private Groups() {}

    /** Everything that is reported of a group at one step. */
    static Group of(DistinctRows rows) {
        Census census = Census.of(rows);
        return new Group(
                rows.tokens().size(),
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
                Evidence.range(RowNorms.extremes(rows)),
                rows.centroid().norm(),
                Radius.of(rows).rootMeanSquare());
    }
}
