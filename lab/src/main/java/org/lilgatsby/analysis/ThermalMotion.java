package org.lilgatsby.analysis;

/**
 * The motion of a group of tokens, split into bulk motion, the velocity of the centroid, and thermal motion, each
 * token's velocity minus it. A velocity is W[t] - W[t-1], from one recorded state to the next; unless stated otherwise,
 * figures are NaN at the first place, which follows no step.
 *
 * @param bulk L2 norm of the centroid's velocity, in the unit of the matrix
 * @param thermal root of the mean over the tokens of the squared L2 norm of their velocity minus the centroid's
 * @param temperature mean over the tokens of the squared L2 norm of their velocity: bulk^2 + thermal^2, in the squared
 *     unit of the matrix
 * @param radius root of the mean squared L2 distance of the tokens from their centroid; at the first place too
 * @param meanDistance mean L2 distance of the tokens from their centroid; at the first place too
 * @param distanceDeviation standard deviation of these distances, divided by the number of tokens: meanDistance^2 +
 *     distanceDeviation^2 = radius^2; at the first place too
 * @param flow mean over the tokens that moved of the cosine of their velocity and the centroid's; NaN where none moved
 */
public record ThermalMotion(
        FigureSeries bulk,
        FigureSeries thermal,
        FigureSeries temperature,
        FigureSeries radius,
        FigureSeries meanDistance,
        FigureSeries distanceDeviation,
        FigureSeries flow) {
    /** Thermal over bulk; NaN where the centroid stood still. */
    public FigureSeries ratio() {
        return bulk.map(place -> bulk.at(place) == 0 ? Double.NaN : thermal.at(place) / bulk.at(place));
    }

    /** Share of the temperature that is bulk motion, bulk^2 / temperature; NaN where nothing moved. */
    public FigureSeries bulkShare() {
        return bulk.map(place -> bulk.at(place) * bulk.at(place) / temperature.at(place));
    }

    /** Share of the temperature that is thermal motion; NaN where nothing moved. */
    public FigureSeries thermalShare() {
        return bulk.map(place -> thermal.at(place) * thermal.at(place) / temperature.at(place));
    }
}
