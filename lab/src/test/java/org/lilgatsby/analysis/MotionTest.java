package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

class MotionTest {
    private static Motion motion(Matrix... matrices) {
        int rows = matrices[0].rows();
        return Motion.of(
                History.of(matrices), LiveDeadSplit.ofDead(Tokens.of(rows - 1), rows), new ScalarAnalysisKernels());
    }

    @Test
    void motionIsBulkAndThermal() {
        // velocities (4, 0), (0, 2) and, dead, (2, 4): mean (2, 2)
        Motion motion =
                motion(Matrices.bf16(row(0, 0), row(0, 0), row(0, 0)), Matrices.bf16(row(4, 0), row(0, 2), row(2, 4)));
        ThermalMotion all = motion.thermal().all();
        assertEquals(Math.sqrt(8), all.bulk().at(1));
        assertEquals(Math.sqrt((8 + 4 + 4) / 3.0), all.thermal().at(1), 1e-15);
        assertEquals((16 + 4 + 20) / 3.0, all.temperature().at(1), 1e-14);
        assertEquals(1, all.bulkShare().at(1) + all.thermalShare().at(1), 1e-15);
        assertEquals(all.thermal().at(1) / all.bulk().at(1), all.ratio().at(1));
        double cosines = 1 / Math.sqrt(2) + 1 / Math.sqrt(2) + 12 / (Math.sqrt(20) * Math.sqrt(8));
        assertEquals(cosines / 3, all.flow().at(1), 1e-15);
        assertEquals(0, all.radius().at(0));
        assertEquals(all.thermal().at(1), all.radius().at(1), "they began at one point");
        assertTrue(Double.isNaN(all.bulk().at(0)), "no step precedes the first state");
        assertEquals(0, motion.thermal().dead().thermal().at(1), "one token has no motion against itself");
    }

    @Test
    void whatStandsStillHasNoShareAndNoDirection() {
        Matrix matrix = Matrices.bf16(row(1, 2), row(3, 4));
        Motion motion = motion(matrix, matrix);
        ThermalMotion all = motion.thermal().all();
        assertEquals(0, all.temperature().at(1));
        assertTrue(Double.isNaN(all.bulkShare().at(1)));
        assertTrue(Double.isNaN(all.ratio().at(1)));
        assertTrue(Double.isNaN(all.flow().at(1)));
        assertEquals(Diffusion.Kind.FROZEN, motion.diffusion().get(0).kind());
        assertTrue(motion(matrix).diffusion().isEmpty());
    }

    @Test
    void diffusionTellsAStraightWayFromAReturn() {
        Matrix[] matrices = new Matrix[17];
        SplittableRandom random = new SplittableRandom(3);
        float[] walk = new float[64];
        for (int t = 0; t < matrices.length; t++) {
            float[] straight = new float[64];
            float[] returning = new float[64];
            straight[0] = t;
            returning[0] = t % 2 == 0 ? 0 : 1;
            matrices[t] = Matrices.f32(straight, returning, walk.clone(), new float[64]);
            walk[t] = random.nextBoolean() ? 1 : -1; // a new direction each time: as a random walk, exactly
        }
        Motion motion = motion(matrices);
        assertEquals(new Diffusion(0, 16, 1, 256), motion.diffusion().get(0));
        assertEquals(2, motion.diffusion().get(0).exponent(), 1e-15);
        assertEquals(Diffusion.Kind.BALLISTIC, motion.diffusion().get(0).kind());
        assertEquals(Diffusion.Kind.CONFINED, motion.diffusion().get(1).kind());
        assertEquals(1, motion.diffusion().get(2).ratio());
        assertEquals(Diffusion.Kind.DIFFUSIVE, motion.diffusion().get(2).kind());
        assertEquals(Diffusion.Kind.FROZEN, motion.diffusion().get(3).kind());
    }

    /**
     * Squared displacements and mean square steps over two steps.
     *
     * <pre>
     * token  W[0]  W[1]  W[2]  mean square step  squared displacement  against its own  against that of all
     * 0      0     1     2     1                 4                     2                4 / (2 * 5/3)
     * 1      0     2     0     4                 0                     0                0
     * 2      5     5     5     0                 0                     undefined        0
     * </pre>
     */
    @Test
    void diffusivityHasOneYardstickForAllTokens() {
        Motion motion = motion(
                Matrices.bf16(row(0), row(0), row(5)),
                Matrices.bf16(row(1), row(2), row(5)),
                Matrices.bf16(row(2), row(0), row(5)));
        double ofAll = motion.meanSquareStep(Tokens.all(3));
        assertEquals(5 / 3.0, ofAll, 1e-15);
        assertEquals(4 / 3.0, motion.meanSquaredDisplacement(Tokens.all(3)), 1e-15);
        assertEquals(1, motion.meanSquareStep(Tokens.of(0)));
        double[] expected = {4 / (2 * 5 / 3.0), 0, 0};
        double sum = 0;
        for (int token = 0; token < 3; token++) {
            double diffusivity = motion.diffusion().get(token).diffusivity(ofAll);
            assertEquals(expected[token], diffusivity, 1e-15);
            sum += diffusivity;
        }
        assertEquals(motion.meanSquaredDisplacement(Tokens.all(3)) / (2 * ofAll), sum / 3, 1e-15);
        assertEquals(2, motion.diffusion().get(0).ratio(), "against its own");
        assertTrue(Double.isNaN(motion.diffusion().get(2).ratio()));
        double temperatures = (motion.thermal().all().temperature().at(1)
                        + motion.thermal().all().temperature().at(2))
                / 2;
        assertEquals(temperatures, ofAll, 1e-15);
        assertTrue(Double.isNaN(motion.meanSquareStep(Tokens.of())));
        assertTrue(Double.isNaN(motion.diffusion().get(2).diffusivity(0)), "nothing moved");
    }

    @Test
    void theDeviationOfTheDistancesIsWhatTheRadiusHasBeyondTheirMean() {
        Matrix matrix = Matrices.bf16(row(1, 0), row(-1, 0), row(0, 3), row(0, -3)); // 1, 1, 3, 3 from (0, 0)
        ThermalMotion all = motion(matrix, matrix).thermal().all();
        for (int place = 0; place < 2; place++) {
            assertEquals(2, all.meanDistance().at(place));
            assertEquals(1, all.distanceDeviation().at(place));
            assertEquals(Math.sqrt(5), all.radius().at(place));
        }
        ThermalMotion one = motion(matrix, matrix).thermal().dead();
        assertEquals(0, one.distanceDeviation().at(0), "a lone token is its own centroid");
    }

    @Test
    void chunksDoNotShowInTheSums() {
        SplittableRandom random = new SplittableRandom(5);
        Matrix[] matrices = new Matrix[700];
        double squares = 0;
        for (int t = 0; t < matrices.length; t++) {
            matrices[t] = Matrices.bf16(row(random.nextInt(9), random.nextInt(9), random.nextInt(9)), row(0, 0, 0));
            if (t > 0) {
                double step = TokenStep.of(matrices[t - 1], matrices[t], 0).l2();
                squares += step * step;
            }
        }
        Motion motion = motion(matrices);
        assertEquals(squares / 699, motion.diffusion().get(0).meanSquareStep(), 1e-9);
        for (int t = 1; t < matrices.length; t++) {
            double step = TokenStep.of(matrices[t - 1], matrices[t], 0).l2();
            assertEquals(step, motion.thermal().live().bulk().at(t), 1e-12);
        }
    }

    @Test
    void theEnclosingSphereOfKnownClouds() {
        EnclosingSphere pair = EnclosingSphere.of(Matrices.bf16(row(1, 0), row(5, 0)), Tokens.all(2));
        assertEquals(2, pair.radius(), 1e-6);
        assertEquals(3, pair.center().get(0), 1e-6);
        EnclosingSphere obtuse = EnclosingSphere.of(Matrices.bf16(row(0, 0), row(8, 0), row(4, 1)), Tokens.all(3));
        assertEquals(4, obtuse.radius(), 1e-5, "the third point lies inside the circle over the longest side");
        EnclosingSphere triangle = EnclosingSphere.of(
                Matrices.f32(row(1, 0), row(-0.5f, 0.8660254f), row(-0.5f, -0.8660254f)), Tokens.all(3));
        assertEquals(1, triangle.radius(), 1e-5);
        EnclosingSphere point = EnclosingSphere.of(Matrices.bf16(row(7, 7), row(7, 7)), Tokens.all(2));
        assertEquals(0, point.radius());
        assertThrows(IllegalArgumentException.class, () -> EnclosingSphere.of(Matrices.bf16(row(1)), Tokens.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> EnclosingSphere.of(Matrices.bf16(row(1), row(Float.NaN)), Tokens.all(2)));
    }

    @Property(tries = 60)
    void theSphereEnclosesEveryRowAndCannotBeMuchSmaller(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 8) int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = 8 + random.nextInt(-20, 21) * 0x1p-10f;
            }
        }
        Matrix matrix = Matrices.f32(values);
        EnclosingSphere sphere = EnclosingSphere.of(matrix, Tokens.all(rows));
        for (int i = 0; i < rows; i++) {
            double distance =
                    new Vector(matrix.values(i)).minus(sphere.center()).norm();
            assertTrue(distance <= sphere.radius() * (1 + 1e-9));
        }
        assertTrue(sphere.radius() <= sphere.smallest() * (1 + 1.1e-6));
    }
}
