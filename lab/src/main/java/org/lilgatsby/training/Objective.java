package org.lilgatsby.training;

import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.model.PrecisionConfig.Loss;

/** Which token each position of a window predicts, the divisor of the summed loss, and how exactly it is known. */
record Objective(TrainingConfig.Targets targets, TrainingConfig.LossScale lossScale, int context, Loss loss) {
    /**
     * Splits windows of T+1 ids into inputs and targets, both [sequences][T]; a target of -1 marks a position that does
     * not count. Behind the end of a window, where its ids are -1, inputs are 0, which no position that counts sees.
     *
     * @return what the sequences add to the divisor of the loss: the positions that count, or all labels, which are as
     *     many as the positions with an id
     */
    long split(int[] windows, int sequences, int[] ids, int[] targetIds) {
        int predicting = targets.counted(context);
        long counted = 0;
        long labels = 0;
        for (int i = 0; i < sequences; i++) {
            int window = i * (context + 1);
            int row = i * context;
            for (int t = 0; t < context; t++) {
                int id = windows[window + t];
                int target = t < predicting ? windows[window + t + targets.lag()] : -1;
                ids[row + t] = Math.max(id, 0);
                targetIds[row + t] = target;
                labels += id >= 0 ? 1 : 0;
                counted += target >= 0 ? 1 : 0;
            }
        }
        return lossScale == TrainingConfig.LossScale.MEAN ? counted : labels;
    }

    /**
     * Of each position's loss in the gradient: 1/divisor, where the mean of bf16 losses has its divisor in bf16 too.
     */
    float factor(double divisor) {
        boolean rounded = loss == Loss.BF16 && lossScale == TrainingConfig.LossScale.MEAN;
        return (float) (1 / (rounded ? Bf16.round((float) divisor) : divisor));
    }
}
