package org.lilgatsby.kernel;

/**
 * The products of attention whose factors are both stored as bfloat16: queries by keys, and the gradient of outputs by
 * values.
 */
@FunctionalInterface
interface Scores {
    /**
     * s[j][i] = sum over d of x[j][d]*q[i][d] for {@link VectorAttention#QUERIES} queries, for keys j up to the last
     * query of a pair of vectors; 0 for queries that do not exist.
     *
     * @param s rows of QUERIES floats
     * @param first position of the first query
     * @param queries how many of them exist
     * @param scratch room for headSize*QUERIES floats from scratchAt on
     */
    void of(
            float[] s, int sAt, float[] x, int xAt, int xLd, float[] q, int qAt, int qLd, int headSize, int first,
            int queries, float[] scratch, int scratchAt);
}
