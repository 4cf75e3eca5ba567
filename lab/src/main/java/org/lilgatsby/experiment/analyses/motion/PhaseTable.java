package org.lilgatsby.experiment.analyses.motion;

import org.lilgatsby.analysis.Phases;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;

/** A table of when phases end. */
final class PhaseTable {
    private PhaseTable() {}

    /** Adds its columns. */
    static AnalysisTable.Rows withColumns(AnalysisTable.Rows table) {
        return table.column("early_until", "", "last step with a multi-cell move")
                .column("midlife_until", "", "last step with a move of more than a cell in some component")
                .column("late_until", "", "last step with any motion; after it comes fimbulwinter, frozen for good")
                .column("frozen_for_good", "", "whether that was before the recording's last step");
    }

    /** Adds a row. */
    static void addRow(AnalysisContext run, AnalysisTable.Rows table, Object who, Phases phases) {
        table.row(
                who,
                AnalysisTable.Never.unless(phases.earlyUntil(), Phases.NEVER),
                AnalysisTable.Never.unless(phases.midlifeUntil(), Phases.NEVER),
                AnalysisTable.Never.unless(phases.lastMotion(), Phases.NEVER),
                phases.frozenBefore(run.lastStep()));
    }
}
