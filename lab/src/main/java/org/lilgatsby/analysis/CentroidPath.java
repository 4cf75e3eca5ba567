package org.lilgatsby.analysis;

/**
 * The path of a group's centroid through the recorded states. Positions are means in double; distances are L2 norms in
 * the unit of the matrix.
 *
 * @param norm norm of the centroid
 * @param displacement distance from its position at the first place
 * @param pathLength length of the path from the first place through every recorded state, kept or not
 * @param speed distance from the previous place, per update; NaN at the first place
 * @param cosine cosine of the angle between a step and the previous step; NaN at the first two places and where either
 *     step is zero and so has no direction
 */
public record CentroidPath(
        FigureSeries norm,
        FigureSeries displacement,
        FigureSeries pathLength,
        FigureSeries speed,
        FigureSeries cosine) {
    /** Displacement over path length: 1 for a straight path, near 0 for one that returns; NaN before it moved. */
    public FigureSeries efficiency() {
        return displacement.map(place -> displacement.at(place) / pathLength.at(place));
    }

    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Places kept;
        private final double[] norm;
        private final double[] displacement;
        private final double[] pathLength; // from the beginning of a place's chunk, until the chunks are joined
        private final double[] speed;
        private final double[] cosine;

        Target(Places kept, ArrayMaker arrays) {
            this.kept = kept;
            int size = kept.kept();
            norm = arrays.doubles(size);
            displacement = arrays.doubles(size);
            pathLength = arrays.doubles(size);
            speed = arrays.doubles(size);
            cosine = arrays.doubles(size);
        }

        /** Sets the figures of a place, if it is kept. */
        void put(int place, double ofNorm, double ofDisplacement, double ofPath, double ofSpeed, double ofCosine) {
            int index = kept.find(place);
            if (index >= 0) {
                norm[index] = ofNorm;
                displacement[index] = ofDisplacement;
                pathLength[index] = ofPath;
                speed[index] = ofSpeed;
                cosine[index] = ofCosine;
            }
        }

        /** Adds the length of the path before a chunk to all its places but the first. */
        void addWay(int first, int last, double before) {
            int end = kept.indexFrom(last + 1);
            for (int index = kept.indexFrom(first + 1); index < end; index++) {
                pathLength[index] += before;
            }
        }

        CentroidPath path() {
            return new CentroidPath(
                    new FigureSeries(kept, norm),
                    new FigureSeries(kept, displacement),
                    new FigureSeries(kept, pathLength),
                    new FigureSeries(kept, speed),
                    new FigureSeries(kept, cosine));
        }
    }
}
