package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.Escape;
import org.lilgatsby.experiment.analyses.AnalysisContext;

/** When tokens leave the dead group. */
final class Escapes {
    private Escapes() {}

    /** Why there are none to look for; empty if there are. */
    static Optional<String> missing(AnalysisContext run) {
        return run.missing().pairs().or(run.missing()::dead);
    }

    /** Of every token. */
    static List<Escape> of(AnalysisContext run) throws IOException {
        return Escape.of(run.embeddings(), run.split(), AnalysisContext.TWO_EPSILON, run.kernels());
    }
}
