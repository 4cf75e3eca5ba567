package org.lilgatsby.training;

/** Which byte each position of a window predicts, and the divisor of the summed loss. */
record Objective(TrainingConfig.Targets targets, TrainingConfig.LossScale lossScale, int context) {
    /** Number of positions that count in a sequence of T. */
    int counted() {
        return targets == TrainingConfig.Targets.NEXT ? context : context - 1;
    }

    /** What a sequence adds to the divisor of the loss: the positions that count, or all T labels. */
    int divisor() {
        return lossScale == TrainingConfig.LossScale.MEAN ? counted() : context;
    }

    /**
     * Splits windows of T+1 ids into inputs and targets, both [sequences][T]; a target of -1 marks a position that does
     * not count.
     */
    void split(int[] windows, int sequences, int[] ids, int[] targetIds) {
        int lag = targets == TrainingConfig.Targets.NEXT ? 1 : 2;
        for (int i = 0; i < sequences; i++) {
            int window = i * (context + 1);
            int row = i * context;
            for (int t = 0; t < context; t++) {
                ids[row + t] = windows[window + t];
                targetIds[row + t] = t + lag <= context ? windows[window + t + lag] : -1;
            }
        }
    }
}
