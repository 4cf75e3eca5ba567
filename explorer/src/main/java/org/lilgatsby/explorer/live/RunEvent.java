package org.lilgatsby.explorer.live;

/**
 * How far a run under way is.
 *
 * @param step updates before the last recorded state
 * @param loss the last known; null while none is
 * @param lossStep the step of that loss: the last, where losses are recorded, else that of the last checkpoint
 * @param stepsPerSecond over the last seconds; null until it is known
 * @param secondsLeft at that rate; null until it is known
 * @param status as in the list: {@code under way} until the run ends
 * @param still seconds since the recording last grew or the run told a loss
 */
public record RunEvent(
        String id,
        int step,
        int plannedSteps,
        Double loss,
        Integer lossStep,
        Double stepsPerSecond,
        Double secondsLeft,
        String status,
        long still) {}
