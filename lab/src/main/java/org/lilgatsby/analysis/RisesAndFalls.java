package org.lilgatsby.analysis;

/**
 * How a count went up and down from one recorded state to the next. What it rose by in one step is one rise, however
 * much it was: a count that goes 1, 3, 3, 2 has one rise, by 2, and one fall, by 1.
 *
 * @param first the count in the first state
 * @param last the count in the last state: {@code first + risen - fallen}
 * @param rises steps in which it rose
 * @param risen by how much in all of them together
 * @param falls steps in which it fell
 * @param fallen by how much in all of them together
 */
public record RisesAndFalls(int first, int last, int rises, long risen, int falls, long fallen) {}
