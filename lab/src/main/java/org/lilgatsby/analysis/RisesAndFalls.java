package org.lilgatsby.analysis;

/**
 * How a count rose and fell from one recorded state to the next. An increase in one step is one rise, whatever its
 * size: a count that goes 1, 3, 3, 2 has one rise, by 2, and one fall, by 1.
 *
 * @param first the count in the first state
 * @param last the count in the last state: {@code first + risen - fallen}
 * @param rises steps in which it rose
 * @param risen total of all rises
 * @param falls steps in which it fell
 * @param fallen total of all falls
 */
public record RisesAndFalls(int first, int last, int rises, long risen, int falls, long fallen) {}
