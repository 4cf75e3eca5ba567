package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VelocityAutocorrelationTest {
    private static History history(float... places) {
        Matrix[] matrices = new Matrix[places.length];
        for (int t = 0; t < places.length; t++) {
            matrices[t] = Matrices.bf16(row(places[t], 7));
        }
        return History.of(matrices);
    }

    @Test
    void straightAheadAndToAndFro() {
        VelocityAutocorrelation straight = VelocityAutocorrelation.of(history(0, 2, 4, 6, 8), Tokens.all(1), 100, 3)
                .getFirst();
        assertEquals(new VelocityAutocorrelation(0, 4, 4, List.of(1.0, 1.0, 1.0)), straight);
        VelocityAutocorrelation toAndFro = VelocityAutocorrelation.of(history(0, 1, 0, 1, 0), Tokens.all(1), 100, 3)
                .getFirst();
        assertEquals(List.of(-1.0, 1.0, -1.0), toAndFro.correlations());
    }

    @Test
    void windowsFollowEachOtherAndShareNoStep() {
        List<VelocityAutocorrelation> windows =
                VelocityAutocorrelation.of(history(0, 1, 2, 2, 2, 1), Tokens.all(1), 2, 2);
        assertEquals(3, windows.size());
        assertEquals(1, windows.get(0).correlations().get(0));
        assertTrue(Double.isNaN(windows.get(0).correlations().get(1)), "a window of two steps has no pair two apart");
        assertEquals(2, windows.get(1).fromStep());
        assertEquals(4, windows.get(1).toStep());
        assertEquals(0, windows.get(1).meanSquare());
        assertTrue(Double.isNaN(windows.get(1).correlations().get(0)), "nothing moved");
        assertEquals(5, windows.get(2).toStep());
        assertEquals(1, windows.get(2).meanSquare());
    }

    @Test
    void agreesWithItsDefinition() {
        SplittableRandom random = new SplittableRandom(2);
        Matrix[] matrices = new Matrix[40];
        for (int t = 0; t < matrices.length; t++) {
            matrices[t] = Matrices.bf16(
                    row(random.nextInt(9), random.nextInt(9)), row(1, 1), row(random.nextInt(9), random.nextInt(9)));
        }
        Tokens tokens = Tokens.of(0, 2);
        VelocityAutocorrelation found =
                VelocityAutocorrelation.of(History.of(matrices), tokens, 39, 4).getFirst();
        for (int lag = 1; lag <= 4; lag++) {
            double products = 0;
            double squares = 0;
            for (int token : tokens.toArray()) {
                for (int t = 1; t < 40; t++) {
                    squares += velocity(matrices, token, t).dot(velocity(matrices, token, t));
                    products += t > lag ? velocity(matrices, token, t).dot(velocity(matrices, token, t - lag)) : 0;
                }
            }
            assertEquals(
                    products / (39 - lag) / (squares / 39), found.correlations().get(lag - 1), 1e-12);
        }
    }

    private static Vector velocity(Matrix[] matrices, int token, int t) {
        return new Vector(matrices[t].values(token)).minus(new Vector(matrices[t - 1].values(token)));
    }

    @Test
    void windowAndLagAreAtLeastOne() {
        assertThrows(
                IllegalArgumentException.class, () -> VelocityAutocorrelation.of(history(0, 1), Tokens.all(1), 0, 1));
        assertThrows(
                IllegalArgumentException.class, () -> VelocityAutocorrelation.of(history(0, 1), Tokens.all(1), 1, 0));
        assertTrue(VelocityAutocorrelation.of(history(0), Tokens.all(1), 5, 1).isEmpty(), "one state, no step");
    }
}
