package org.lilgatsby.experiment.analyses.motion;

import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.settings.SettingException;

/** The length from which on a step is an escape. */
final class StepThreshold {
    private StepThreshold() {}

    /** @throws SettingException if none is given */
    static Threshold.Absolute of(Selection selection) {
        return selection
                .parameters()
                .threshold(Metric.L2)
                .orElseThrow(() -> new SettingException(
                        "",
                        "set the length above which a step is an escape with --threshold; --metric defaults to l2"));
    }

    /** Its unit. */
    static String unit(Threshold threshold) {
        return threshold.metric() == Metric.CELLS ? "cells" : "W";
    }
}
