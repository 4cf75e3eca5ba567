package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.HopBoundary;
import org.lilgatsby.analysis.HopCounts;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.training.AdamW;
import org.lilgatsby.training.TrainingConfig;

/** What the analyses of the hop boundary share. */
final class Hops {
    private Hops() {}

    /** Why nothing can be predicted; empty if it can. */
    static Optional<String> missing(AnalysisContext run) {
        TrainingConfig training = run.archive().config().training();
        if (!(training.optimizer() instanceof AdamW)) {
            return Optional.of("the optimizer is %s; the boundary is that of adamw"
                    .formatted(training.optimizer().name()));
        }
        List<String> lacking = List.of(Observables.MOMENTUM, Observables.VARIANCE).stream()
                .filter(moment -> !run.archive().recording().has(moment))
                .map(Observable::name)
                .toList();
        if (!lacking.isEmpty()) {
            return Optional.of("no %s was recorded; run it again with --observe %s"
                    .formatted(String.join(" and no ", lacking), String.join(",", lacking)));
        }
        return run.missing().motion().or(run.missing()::pairsOfStates);
    }

    /** The boundary of a run, with the selection's threshold. */
    static HopBoundary of(AnalysisContext run, Selection selection) throws IOException {
        TrainingConfig training = run.archive().config().training();
        return new HopBoundary(
                run.embeddings(),
                run.history(Observables.MOMENTUM).orElseThrow(),
                run.history(Observables.VARIANCE).orElseThrow(),
                new HopBoundary.Rule(training::learningRateOf, training.beta1(), training.beta2(), training.epsilon()),
                selection.parameters().threshold().orElse(HopBoundary.HALF_ULP));
    }

    /** Adds the columns of counts. */
    static AnalysisTable.Rows withColumns(AnalysisTable.Rows table) {
        return table.column("updates", "", "predictions: tokens times the updates before which the state was recorded")
                .column("both", "", "predicted to move, and moved")
                .column("predicted_only", "", "predicted to move, but stood still")
                .column("moved_only", "", "moved without being predicted to")
                .column("neither", "", "stood still, as predicted")
                .column("precision", "", "share of the predicted that moved")
                .column("recall", "", "share of the moved that were predicted");
    }

    /** Adds a row. */
    static void addRow(AnalysisTable.Rows table, Object who, HopCounts counts) {
        table.row(
                who,
                counts.all(),
                counts.both(),
                counts.predictedOnly(),
                counts.movedOnly(),
                counts.neither(),
                counts.precision(),
                counts.recall());
    }
}
