package org.lilgatsby.analysis;

/**
 * A group of tokens seen from the origin and from its own centroid, at every recorded step. Radii are L2 distances from
 * the one or the other, in the unit of the matrix; NaN for a group without tokens, and for steps at the first place.
 *
 * @param originRadius mean distance from the origin
 * @param originRadiusMax the largest
 * @param meanRadius mean distance from the centroid, at every place
 * @param radiusMax largest distance from the centroid, at every place
 * @param centroidNorm distance of the centroid from the origin, at every place
 * @param speed mean L2 norm of W[t] - W[t-1] per update, at every place
 * @param still tokens that did not move, at every place
 * @param radialFromOrigin share of the squared step that goes along the token's radius from the origin, of all tokens
 *     together
 * @param radialFromCentroid the same from the centroid, with its motion taken off the step
 * @param outward share of the tokens that moved whose distance from the centroid grew
 */
public record FrameSeries(
        FigureSeries originRadius,
        FigureSeries originRadiusMax,
        FigureSeries meanRadius,
        FigureSeries radiusMax,
        FigureSeries centroidNorm,
        FigureSeries speed,
        CountSeries still,
        FigureSeries radialFromOrigin,
        FigureSeries radialFromCentroid,
        FigureSeries outward) {
    /** Sums over the tokens of a group in one step. */
    static final class Sums {
        private int tokens;
        private double origin;
        private double originMax;
        private double centroid;
        private double centroidMax;
        private double step;
        private double squaredStep;
        private double radialSquares;
        private double squaredRest;
        private double radialRest;
        private int moved;
        private int outward;

        /** Adds where a token is. */
        void addPlace(double[] w, double[] mean) {
            tokens++;
            double fromOrigin = Math.sqrt(Rows.dot(w, 0, w, 0, w.length));
            double fromCentroid = Math.sqrt(Rows.squaredDistance(w, 0, mean, 0, w.length));
            origin += fromOrigin;
            originMax = Math.max(originMax, fromOrigin);
            centroid += fromCentroid;
            centroidMax = Math.max(centroidMax, fromCentroid);
        }

        /**
         * Adds its step, from values[at] and on. A token at the very origin or centroid has no radial direction.
         *
         * @param changed whether any bit of its row changed: NaN minus NaN does not tell
         */
        void addStep(double[] values, int at, boolean changed, double[] after, double[] mean, double[] nextMean) {
            double squares = 0;
            double along = 0;
            double radius = 0;
            double restSquares = 0;
            double restAlong = 0;
            double restRadius = 0;
            double nextRadius = 0;
            for (int j = 0; j < after.length; j++) {
                double w = values[at + j];
                double v = changed ? after[j] - w : 0;
                squares += v * v;
                along += v * w;
                radius += w * w;
                double u = w - mean[j];
                double rest = v - (nextMean[j] - mean[j]);
                restSquares += rest * rest;
                restAlong += rest * u;
                restRadius += u * u;
                nextRadius += (after[j] - nextMean[j]) * (after[j] - nextMean[j]);
            }
            step += Math.sqrt(squares);
            squaredStep += squares;
            radialSquares += radius == 0 ? 0 : along * along / radius;
            squaredRest += restSquares;
            radialRest += restRadius == 0 ? 0 : restAlong * restAlong / restRadius;
            if (squares != 0) {
                moved++;
                outward += nextRadius > restRadius ? 1 : 0;
            }
        }
    }

    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Places kept;
        private final double[] meanRadius; // of all places, as the next four
        private final double[] radiusMax;
        private final double[] centroidNorm;
        private final double[] speed;
        private final int[] still;
        private final double[] originRadius;
        private final double[] originRadiusMax;
        private final double[] radialFromOrigin;
        private final double[] radialFromCentroid;
        private final double[] outward;

        Target(int size, Places kept, ArrayMaker arrays) {
            this.kept = kept;
            meanRadius = arrays.doubles(size);
            radiusMax = arrays.doubles(size);
            centroidNorm = arrays.doubles(size);
            speed = arrays.doubles(size);
            still = arrays.ints(size);
            originRadius = arrays.doubles(kept.kept());
            originRadiusMax = arrays.doubles(kept.kept());
            radialFromOrigin = arrays.doubles(kept.kept());
            radialFromCentroid = arrays.doubles(kept.kept());
            outward = arrays.doubles(kept.kept());
        }

        /**
         * Sets the figures of a place.
         *
         * @param updates since the place before; 0 at the first
         */
        void put(int place, Sums sums, double norm, int updates) {
            meanRadius[place] = sums.centroid / sums.tokens;
            radiusMax[place] = sums.tokens == 0 ? Double.NaN : sums.centroidMax;
            centroidNorm[place] = norm;
            speed[place] = updates == 0 ? Double.NaN : sums.step / sums.tokens / updates;
            still[place] = updates == 0 ? 0 : sums.tokens - sums.moved;
            int index = kept.find(place);
            if (index >= 0) {
                originRadius[index] = sums.origin / sums.tokens;
                originRadiusMax[index] = sums.tokens == 0 ? Double.NaN : sums.originMax;
                radialFromOrigin[index] = sums.radialSquares / sums.squaredStep;
                radialFromCentroid[index] = sums.radialRest / sums.squaredRest;
                outward[index] = (double) sums.outward / sums.moved;
            }
        }

        FrameSeries series() {
            return new FrameSeries(
                    new FigureSeries(kept, originRadius),
                    new FigureSeries(kept, originRadiusMax),
                    new FigureSeries(meanRadius),
                    new FigureSeries(radiusMax),
                    new FigureSeries(centroidNorm),
                    new FigureSeries(speed),
                    new CountSeries(still),
                    new FigureSeries(kept, radialFromOrigin),
                    new FigureSeries(kept, radialFromCentroid),
                    new FigureSeries(kept, outward));
        }
    }
}
