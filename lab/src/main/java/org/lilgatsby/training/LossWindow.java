package org.lilgatsby.training;

/**
 * Mean loss of one logging interval.
 *
 * @param step last step of the interval
 * @param mean mean of the losses of its steps, in nats
 */
public record LossWindow(int step, double mean) {}
