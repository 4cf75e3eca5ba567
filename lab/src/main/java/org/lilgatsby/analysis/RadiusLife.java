package org.lilgatsby.analysis;

/**
 * The life of a group's mean radius, the mean L2 distance of its tokens from their centroid, by recorded steps. A NaN
 * radius is passed over: it neither rises nor falls.
 *
 * @param firstMinimum where the radius first stops falling: the first step whose radius is smaller than the next
 *     different one; the last step if the radius never grows
 * @param smallest the first step of the smallest radius
 * @param largest the first step of the largest radius
 * @param fastestGrowth the step up to which the radius grows most per update; its value is this growth
 * @param still when more than 90 % of the tokens stand still in a step
 * @param slow when the mean L2 norm of a step, per update, is below 1 % of its peak; from the step of the peak on
 * @param arrested when the radius changes, per update, by less than 1 % of the most that it changes; likewise
 */
public record RadiusLife(
        Moment firstMinimum,
        Moment smallest,
        Moment largest,
        Moment fastestGrowth,
        Onset still,
        Onset slow,
        Onset arrested) {
    /** More than this share of the tokens has to stand still. */
    public static final double STILL = 0.9;

    /** Below this share of its peak, a speed is slow. */
    public static final double SLOW = 0.01;

    /**
     * A value at a step.
     *
     * @param step the step; {@link Onset#NEVER} if there is none
     * @param value in the unit of the matrix, or that per update; NaN if there is none
     */
    public record Moment(int step, double value) {}

    /**
     * The life of a group.
     *
     * @param history when states were recorded
     * @param frames the group's
     * @param tokens how many tokens are in the group
     */
    public static RadiusLife of(Steps history, FrameSeries frames, int tokens) {
        int size = history.size();
        double[] change = new double[size];
        for (int place = 1; place < size; place++) {
            change[place] = (frames.meanRadius().at(place) - frames.meanRadius().at(place - 1))
                    / (history.step(place) - history.step(place - 1));
        }
        int growth = place(size, 1, place -> change[place]);
        int quickest = place(size, 1, frames.speed()::at);
        int turn = place(size, 1, place -> Math.abs(change[place]));
        return new RadiusLife(
                moment(history, firstMinimum(frames, size), frames.meanRadius()::at),
                moment(history, place(size, 0, place -> -frames.meanRadius().at(place)), frames.meanRadius()::at),
                moment(history, place(size, 0, frames.meanRadius()::at), frames.meanRadius()::at),
                growth >= 0 && change[growth] > 0
                        ? moment(history, growth, place -> change[place])
                        : new Moment(Onset.NEVER, Double.NaN),
                Onset.of(history, 1, place -> frames.still().at(place) > STILL * tokens),
                after(history, quickest, frames.speed()::at),
                after(history, turn, place -> Math.abs(change[place])));
    }

    /** When a figure falls below the share of its peak, from there on. */
    private static Onset after(Steps history, int peak, Figure figure) {
        return peak < 0
                ? new Onset(Onset.NEVER, Onset.NEVER)
                : Onset.of(history, peak, place -> figure.at(place) < SLOW * figure.at(peak));
    }

    private static int firstMinimum(FrameSeries frames, int size) {
        int lowest = -1;
        for (int place = 0; place < size; place++) {
            double radius = frames.meanRadius().at(place);
            if (lowest >= 0 && radius > frames.meanRadius().at(lowest)) {
                return lowest;
            }
            if (lowest < 0 && !Double.isNaN(radius)
                    || lowest >= 0 && radius < frames.meanRadius().at(lowest)) {
                lowest = place;
            }
        }
        return lowest;
    }

    /** The first place of the largest figure, from a place on; negative if all are NaN. */
    private static int place(int size, int from, Figure figure) {
        int largest = -1;
        for (int place = from; place < size; place++) {
            double value = figure.at(place);
            if (largest < 0 ? !Double.isNaN(value) : value > figure.at(largest)) {
                largest = place;
            }
        }
        return largest;
    }

    private static Moment moment(Steps history, int place, Figure figure) {
        return place < 0 ? new Moment(Onset.NEVER, Double.NaN) : new Moment(history.step(place), figure.at(place));
    }

    private interface Figure {
        double at(int place);
    }
}
