package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.VelocityAutocorrelation;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code autocorrelation}. */
public final class AutocorrelationAnalysis implements Analysis {
    private static final int WINDOWS = 10;
    private static final int LAGS = 5;

    @Override
    public String name() {
        return "autocorrelation";
    }

    @Override
    public String asks() {
        return "How long do tokens keep their direction: v(t) . v(t+lag) over |v|^2, in windows?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion().or(run.missing()::evenSteps);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("from", "", "updates before the state from which the window starts")
                .column("to", "", "updates before the state in which it ends")
                .column("mean_square", "W^2", "mean over tokens and steps of |v|^2");
        for (int lag = 1; lag <= LAGS; lag++) {
            table.column("lag_" + lag, "", "autocorrelation at this many recorded steps");
        }
        int window = Math.max(1, Math.ceilDiv(run.states() - 1, WINDOWS));
        for (VelocityAutocorrelation found :
                VelocityAutocorrelation.of(run.embeddings(), run.tokens(selection), window, LAGS)) {
            Object[] row = new Object[3 + LAGS];
            row[0] = found.fromStep();
            row[1] = found.toStep();
            row[2] = found.meanSquare();
            for (int lag = 0; lag < LAGS; lag++) {
                row[3 + lag] = found.correlations().get(lag);
            }
            table.row(row);
        }
        return table.table();
    }
}
