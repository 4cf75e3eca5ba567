package org.lilgatsby.training;

/**
 * The learning rate of each step.
 *
 * @param config where the schedule and the first step's rate stand
 */
public record LearningRate(TrainingConfig config) {
    /** Learning rate of step s, from 1: lr, or lr*(1 - (s-1)/N) under the linear schedule. */
    public double of(int step) {
        return switch (config.schedule()) {
            case CONSTANT -> config.learningRate();
            case LINEAR -> config.learningRate() * Math.max(0, 1 - (step - 1) / (double) config.steps());
        };
    }
}
