package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.RowMoves.LARGEST_SQUARES;
import static org.lilgatsby.kernel.ScalarAnalysisKernels.EXPONENT;
import static org.lilgatsby.kernel.ScalarAnalysisKernels.LEAST_EXPONENT;
import static org.lilgatsby.kernel.ScalarAnalysisKernels.LOWER;
import static org.lilgatsby.kernel.ScalarAnalysisKernels.MAGNITUDE;
import static org.lilgatsby.kernel.ScalarAnalysisKernels.RAISE;
import static org.lilgatsby.kernel.ScalarAnalysisKernels.UPPER;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.lilgatsby.kernel.RowMoves.Figure;

/**
 * The fast implementation. The specification computes what is left after the last whole vector.
 *
 * <p>The larger of two non-negative floats is found by comparing their bits: they order alike, a NaN is the largest,
 * and it takes one instruction where the maximum of floats takes several.
 */
final class VectorAnalysisKernels implements AnalysisKernels {
    private static final VectorSpecies<Float> FLOATS = VectorWidth.FLOATS;
    private static final VectorSpecies<Integer> INTS = VectorWidth.INTS;
    private static final int LENGTH = VectorWidth.LENGTH;

    private static final VectorSpecies<Double> DOUBLES = INTS.withLanes(double.class);
    private static final VectorSpecies<Long> LONGS = INTS.withLanes(long.class);
    private static final VectorSpecies<Short> SHORTS = INTS.withLanes(short.class);
    private static final int WIDE = DOUBLES.length();
    private static final ScalarAnalysisKernels TAIL = new ScalarAnalysisKernels();

    /** As many words as there are doubles in a vector. */
    private static final VectorSpecies<Integer> WORDS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(INTS.vectorBitSize() / 2));

    VectorAnalysisKernels() {}

    @Override
    public int changedRows(boolean[] changed, int[] after, int[] before, int n) {
        int count = 0;
        for (int row = 0; row < changed.length; row++) {
            IntVector differences = IntVector.zero(INTS);
            int at = row * n;
            int end = at + n;
            for (; at <= end - LENGTH; at += LENGTH) {
                differences = differences.or(IntVector.fromArray(INTS, after, at)
                        .lanewise(VectorOperators.XOR, IntVector.fromArray(INTS, before, at)));
            }
            int rest = 0;
            for (; at < end; at++) {
                rest |= after[at] ^ before[at];
            }
            changed[row] = rest != 0 || differences.compare(VectorOperators.NE, 0).anyTrue();
            count += changed[row] ? 1 : 0;
        }
        return count;
    }

    @Override
    public int hash(int[] words, int from, int[] factors) {
        IntVector hash = IntVector.zero(INTS);
        int k = 0;
        for (; k <= factors.length - LENGTH; k += LENGTH) {
            hash = hash.add(IntVector.fromArray(INTS, words, from + k).mul(IntVector.fromArray(INTS, factors, k)));
        }
        return hash.reduceLanes(VectorOperators.ADD) + ScalarAnalysisKernels.hash(words, from, factors, k);
    }

    /** Compares two vectors of words at a time: fewer loops over the words found mean fewer mispredicted loop ends. */
    @Override
    public void gather(WordPairs pairs, int place, int[] after, int[] before, int from, int n) {
        int count = 0;
        int at = from;
        for (; at <= from + n - 2 * LENGTH; at += 2 * LENGTH) {
            long lanes = counting(after, before, at) | counting(after, before, at + LENGTH) << LENGTH;
            for (; lanes != 0; lanes &= lanes - 1) {
                int lane = at + Long.numberOfTrailingZeros(lanes);
                pairs.put(count++, place, after[lane], before[lane]);
            }
        }
        ScalarAnalysisKernels.gather(pairs, place, after, before, at, from + n, count);
    }

    /** Which words of a vector count in a move, one bit each. */
    private static long counting(int[] after, int[] before, int at) {
        IntVector word = IntVector.fromArray(INTS, after, at);
        return word.compare(VectorOperators.NE, IntVector.fromArray(INTS, before, at))
                .or(word.and(EXPONENT).compare(VectorOperators.EQ, EXPONENT))
                .or(word.and(EXPONENT >>> 16).compare(VectorOperators.EQ, EXPONENT >>> 16))
                .toLong();
    }

    /** Keeps the sums of a few words in registers while it runs over the rows. */
    @Override
    public void addRows(double[] sums, int[] words, int[] rows, int n) {
        int k = 0;
        for (; k <= n - WIDE; k += WIDE) {
            DoubleVector even = DoubleVector.fromArray(DOUBLES, sums, k);
            DoubleVector odd = DoubleVector.fromArray(DOUBLES, sums, n + k);
            for (int row : rows) {
                IntVector word = IntVector.fromArray(WORDS, words, row * n + k);
                even = even.add((DoubleVector) word.lanewise(VectorOperators.LSHL, 16)
                        .reinterpretAsFloats()
                        .convertShape(VectorOperators.F2D, DOUBLES, 0));
                odd = odd.add((DoubleVector)
                        word.and(UPPER).reinterpretAsFloats().convertShape(VectorOperators.F2D, DOUBLES, 0));
            }
            even.intoArray(sums, k);
            odd.intoArray(sums, n + k);
        }
        ScalarAnalysisKernels.addRows(sums, words, rows, n, k);
    }

    /** Each lane is a row, so that no sum crosses lanes. */
    @Override
    public void moves(RowMoves moves, WordPairs pairs, int rows) {
        for (int i = 0; i < rows; i += LENGTH) {
            moves(moves, i, pairs);
        }
    }

    private static void moves(RowMoves moves, int row, WordPairs pairs) {
        FloatVector squares = FloatVector.zero(FLOATS);
        IntVector max = IntVector.zero(INTS);
        FloatVector ulps = squares;
        FloatVector ulpSquares = squares;
        IntVector ulpMax = max;
        IntVector cells = max;
        FloatVector cellSquares = squares;
        IntVector cellMax = cells;
        IntVector lower = IntVector.broadcast(INTS, LOWER);
        IntVector words = IntVector.fromArray(INTS, pairs.words(), row);
        int most = words.reduceLanes(VectorOperators.MAX);
        for (int k = 0, at = row; k < most; k++, at += pairs.ld()) {
            VectorMask<Integer> within = words.compare(VectorOperators.GT, k);
            IntVector wordX = IntVector.fromArray(INTS, pairs.after(), at, within);
            IntVector wordY = IntVector.fromArray(INTS, pairs.before(), at, within);
            for (int half = 0; half < 2; half++) {
                IntVector x = half == 0 ? wordX.lanewise(VectorOperators.LSHL, 16) : wordX.and(UPPER);
                IntVector y = half == 0 ? wordY.lanewise(VectorOperators.LSHL, 16) : wordY.and(UPPER);

                FloatVector difference = x.reinterpretAsFloats().sub(y.reinterpretAsFloats()).abs();
                IntVector exponent = y.and(EXPONENT).max(LEAST_EXPONENT);
                FloatVector inUlp = difference.mul(RAISE).mul(lower.sub(exponent).reinterpretAsFloats()).abs();
                squares = squares.add(difference.mul(difference));
                max = max.max(difference.reinterpretAsInts());
                ulps = ulps.add(inUlp);
                ulpSquares = ulpSquares.add(inUlp.mul(inUlp));
                ulpMax = ulpMax.max(inUlp.reinterpretAsInts());

                IntVector signX = x.lanewise(VectorOperators.ASHR, 31);
                IntVector signY = y.lanewise(VectorOperators.ASHR, 31);
                IntVector indexX = x.and(MAGNITUDE).lanewise(VectorOperators.LSHR, 16)
                        .lanewise(VectorOperators.XOR, signX).sub(signX);
                IntVector indexY = y.and(MAGNITUDE).lanewise(VectorOperators.LSHR, 16)
                        .lanewise(VectorOperators.XOR, signY).sub(signY);
                IntVector distance = indexX.sub(indexY).abs();
                FloatVector real = (FloatVector) distance.convert(VectorOperators.I2F, 0);
                cells = cells.add(distance);
                cellSquares = cellSquares.add(real.mul(real));
                cellMax = cellMax.max(distance);
            }
        }
        VectorMask<Float> safe = squares.compare(VectorOperators.GE, 1 / LARGEST_SQUARES)
                .and(squares.compare(VectorOperators.LE, LARGEST_SQUARES))
                .and(ulpSquares.compare(VectorOperators.LE, LARGEST_SQUARES))
                .or(max.reinterpretAsFloats().compare(VectorOperators.EQ, 0f));
        store(squares.sqrt().blend(Float.NaN, safe.not()), moves.of(Figure.L2), row);
        store(max.reinterpretAsFloats(), moves.of(Figure.L_INFINITY), row);
        store(ulps, moves.of(Figure.ULP_L1), row);
        store(ulpSquares.sqrt(), moves.of(Figure.ULP_L2), row);
        store(ulpMax.reinterpretAsFloats(), moves.of(Figure.ULP_L_INFINITY), row);
        store((FloatVector) cells.convert(VectorOperators.I2F, 0), moves.of(Figure.CELLS_L1), row);
        store(cellSquares, moves.of(Figure.CELL_SQUARES), row);
        store((FloatVector) cellMax.convert(VectorOperators.I2F, 0), moves.of(Figure.CELLS_L_INFINITY), row);
    }

    private static void store(FloatVector floats, double[] figure, int row) {
        floats.convertShape(VectorOperators.F2D, DOUBLES, 0).reinterpretAsDoubles().intoArray(figure, row);
        floats.convertShape(VectorOperators.F2D, DOUBLES, 1).reinterpretAsDoubles().intoArray(figure, row + WIDE);
    }

    /** Each lane is a point; two vectors at a time, since each sum has to wait for its last term. */
    @Override
    public void distances(double[] squares, double[] max, double[] points, int a, int n, int coordinates, int ld) {
        for (int b = (a + 1) / (2 * WIDE) * (2 * WIDE); b < n; b += 2 * WIDE) {
            DoubleVector sum0 = DoubleVector.zero(DOUBLES);
            DoubleVector sum1 = sum0;
            LongVector max0 = LongVector.zero(LONGS);
            LongVector max1 = max0;
            for (int at = 0; at < coordinates * ld; at += ld) {
                DoubleVector coordinate = DoubleVector.broadcast(DOUBLES, points[at + a]);
                DoubleVector difference0 = DoubleVector.fromArray(DOUBLES, points, at + b).sub(coordinate).abs();
                DoubleVector difference1 = DoubleVector.fromArray(DOUBLES, points, at + b + WIDE).sub(coordinate).abs();
                sum0 = sum0.add(difference0.mul(difference0));
                sum1 = sum1.add(difference1.mul(difference1));
                max0 = max0.max(difference0.reinterpretAsLongs());
                max1 = max1.max(difference1.reinterpretAsLongs());
            }
            sum0.intoArray(squares, b);
            sum1.intoArray(squares, b + WIDE);
            max0.reinterpretAsDoubles().intoArray(max, b);
            max1.reinterpretAsDoubles().intoArray(max, b + WIDE);
        }
    }

    /** Differences saturate, so that 16 bits hold them. */
    @Override
    public int furthest(short[] a, int at, short[] b, int bt, int n) {
        ShortVector most = ShortVector.zero(SHORTS);
        ShortVector least = most;
        int i = 0;
        for (; i <= n - SHORTS.length(); i += SHORTS.length()) {
            ShortVector difference = ShortVector.fromArray(SHORTS, a, at + i)
                    .lanewise(VectorOperators.SSUB, ShortVector.fromArray(SHORTS, b, bt + i));
            most = most.max(difference);
            least = least.min(difference);
        }
        int furthest = Math.max(most.reduceLanes(VectorOperators.MAX), -least.reduceLanes(VectorOperators.MIN));
        return Math.max(Math.min(furthest, Short.MAX_VALUE), TAIL.furthest(a, at + i, b, bt + i, n - i));
    }
}
