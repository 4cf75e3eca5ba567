package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.bf16;
import static org.lilgatsby.analysis.Matrices.f32;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.TokenLife.Scale;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

/** Freezing at its edges: small recordings with the expected figures in the table. */
class FreezingTest {
    private static final AnalysisKernels KERNELS = new ScalarAnalysisKernels();

    private static LiveDeadSplit allDead(int rows) {
        return LiveDeadSplit.ofDead(Tokens.all(rows), rows);
    }

    private static Freezing of(History w) {
        return Freezing.of(w, allDead(w.rows()), Places.all(w.size()), KERNELS);
    }

    @Test
    void aStepAcrossABinadeIsOneCellAndHalfAnUlp() {
        // 1 has an ULP of 2^-7, but the next value below it is 2^-8 away; both components go there
        History w = History.of(bf16(row(1, 1)), bf16(row(0.99609375f, 0.99609375f)));
        TokenLife life = of(w).lives().getFirst();
        assertEquals(1, life.last(Scale.CELLS, MoveClass.L1_ABOVE_1), "two cells");
        assertEquals(TokenLife.NEVER, life.last(Scale.ULP, MoveClass.L1_ABOVE_1), "two halves are one ULP");
        assertEquals(1, life.last(Scale.ULP, MoveClass.ANY));
    }

    @Test
    void twoThirdsOfAllValuesLieBetweenSmallOnesOfOppositeSign() {
        // 2^-10 and -2^-10: 2 x 127 x 128 - ... cells apart, but 2^-9 over an ULP of 2^-17 is 256
        TokenLife life = of(History.of(bf16(row(0x1p-10f)), bf16(row(-0x1p-10f))))
                .lives()
                .getFirst();
        assertEquals(1, life.last(Scale.CELLS, MoveClass.L2_ABOVE_1000));
        assertEquals(TokenLife.NEVER, life.last(Scale.ULP, MoveClass.L2_ABOVE_1000));
        assertEquals(1, life.last(Scale.ULP, MoveClass.L2_ABOVE_ROOT_OF_WIDTH));
    }

    @Test
    void aZeroThatChangesItsSignStandsStill() {
        Freezing freezing = of(History.of(bf16(row(0f, 1)), bf16(row(-0f, 1))));
        assertEquals(TokenLife.NEVER, freezing.lives().getFirst().lastMotion());
        assertEquals(0, freezing.frozen().dead().movers().at(1));
        assertEquals(0, freezing.frozen().dead().moving().at(1));
        assertEquals(2, freezing.frozenForGood(Group.DEAD, 0));
    }

    @Test
    void aReturnIsMotion() {
        Freezing freezing = of(History.of(bf16(row(1, 1)), bf16(row(2, 1)), bf16(row(1, 1)), bf16(row(1, 1))));
        assertEquals(2, freezing.lives().getFirst().lastMotion());
        assertEquals(1, freezing.frozenForGood(Group.DEAD, 1));
        assertEquals(2, freezing.frozenForGood(Group.DEAD, 2));
    }

    @Test
    void axesAndParticipation() {
        // one axis; two axes of one cell, 1 and 1/4 in value; two equal ones
        History w = History.of(
                bf16(row(1, 0.25f, 1), row(1, 0.25f, 1), row(4, 4, 4)),
                bf16(row(1.0078125f, 0.25f, 1), row(1.0078125f, 0.251953125f, 1), row(5, 5, 4)));
        FrozenSeries found = of(w).frozen().dead();
        assertEquals(3, found.movers().at(1));
        assertEquals(5, found.moving().at(1));
        assertEquals(5 / 3.0, found.axes().at(1));
        assertEquals(2, found.axesMax().at(1));
        double two = Math.pow(1 + 1 / 16.0, 2) / (1 + 1 / 256.0);
        assertEquals((1 + two + 2) / 3, found.participation().at(1), 1e-15);
        assertEquals(5 / 3.0, found.participationInCells().at(1), 1e-15);
    }

    @Test
    void float32HasItsOwnCells() {
        History w = History.of(f32(row(1)), f32(row(1 + 0x1p-23f)));
        assertEquals(1, of(w).lives().getFirst().lastMotion());
        assertEquals(TokenLife.NEVER, of(w).lives().getFirst().last(Scale.CELLS, MoveClass.L1_ABOVE_1));
    }

    private static Stillness stillness(int... movers) {
        Matrix[] states = IntStream.rangeClosed(0, movers.length)
                .mapToObj(i -> bf16(row(1)))
                .toArray(Matrix[]::new);
        int[] counts = new int[movers.length + 1];
        System.arraycopy(movers, 0, counts, 1, movers.length);
        return Stillness.of(History.of(states), new CountSeries(counts));
    }

    @Test
    void runsOfStillSteps() {
        assertEquals(new Stillness(6, 4, 2, 2, 2, 5, 2), stillness(3, 0, 0, 1, 0, 0));
        assertEquals(new Stillness(3, 1, 2, 1, 2, Stillness.NEVER, 0), stillness(1, 0, 1));
        assertEquals(new Stillness(2, 2, 1, 2, 1, 1, 2), stillness(0, 0));
        assertEquals(new Stillness(1, 0, 0, 0, 0, 0, 0), stillness(7));
        assertEquals(new Stillness(0, 0, 0, 0, 0, 0, 0), stillness());
    }

    @Test
    void stepsAreUpdatesWhereSomeStatesWereNotRecorded() {
        History w = History.of(new int[] {0, 10, 20, 30}, place -> bf16(row(Math.min(place, 1))));
        assertEquals(10, of(w).lives().getFirst().lastMotion());
        assertEquals(
                new Stillness(3, 2, 20, 2, 20, 20, 2),
                Stillness.of(w, of(w).frozen().dead().movers()));
        FrameSeries frames = Frames.of(w, allDead(1), Places.all(4), KERNELS).dead();
        assertEquals(0.1, frames.speed().at(1), 1e-15, "per update");
        assertEquals(0, HopBoundary.places(w).length, "no state before an update");
    }

    @Test
    void aConditionBeginsForGoodAtItsLastRise() {
        History w = History.of(new int[] {0, 2, 4, 6, 8}, place -> bf16(row(1)));
        boolean[] holds = {false, true, false, true, true};
        assertEquals(new Onset(2, 6), Onset.of(w, 0, place -> holds[place]));
        assertEquals(new Onset(6, 6), Onset.of(w, 2, place -> holds[place]));
        assertEquals(new Onset(Onset.NEVER, Onset.NEVER), Onset.of(w, 0, place -> false));
        assertEquals(new Onset(0, Onset.NEVER), Onset.of(w, 0, place -> place == 0));
    }

    @Test
    void aRowWithoutNumbersThatKeepsItsBitsStandsStill() {
        // the first token becomes NaN in step 1 and stays so; the second moves in step 2
        History w = History.of(
                bf16(row(1, 1), row(1, 1)),
                bf16(row(Float.NaN, 1), row(1, 1)),
                bf16(row(Float.NaN, 1), row(2, 1)),
                bf16(row(Float.NaN, 1), row(2, 1)));
        FrameSeries frames = Frames.of(w, allDead(2), Places.all(4), KERNELS).dead();
        CountSeries movers = of(w).frozen().dead().movers();
        for (int place = 1; place < 4; place++) {
            assertEquals(2 - movers.at(place), frames.still().at(place), "step " + place);
        }
        assertEquals(Double.NaN, frames.speed().at(1));
        assertEquals(0.5, frames.speed().at(2), "as the figure speeds has it");
        assertEquals(0, frames.speed().at(3));
    }

    /** Two tokens on either side of 1, at the given distances from it; their centroid stays there. */
    private static RadiusLife radii(double... radii) {
        History w = History.of(Arrays.stream(radii)
                .mapToObj(r -> bf16(row((float) (1 - r)), row((float) (1 + r))))
                .toArray(Matrix[]::new));
        return RadiusLife.of(w, Frames.of(w, allDead(2), Places.of(), KERNELS).dead(), 2);
    }

    @Test
    void theLifeOfAMeanRadius() {
        RadiusLife life = radii(0.5, 0.25, 0.25, 0.375, 0.75, 0.75, 0.75);
        assertEquals(new RadiusLife.Moment(1, 0.25), life.firstMinimum());
        assertEquals(new RadiusLife.Moment(1, 0.25), life.smallest());
        assertEquals(new RadiusLife.Moment(4, 0.75), life.largest());
        assertEquals(new RadiusLife.Moment(4, 0.375), life.fastestGrowth());
        assertEquals(new Onset(2, 5), life.still(), "a rest that did not last, and one that did");
        assertEquals(new Onset(5, 5), life.slow(), "from the peak on");
        assertEquals(new Onset(5, 5), life.arrested());
    }

    @Test
    void aRadiusThatOnlyShrinksHasItsMinimumAtTheEndAndNeverGrows() {
        RadiusLife life = radii(0.5, 0.25, 0.125);
        assertEquals(2, life.firstMinimum().step());
        assertEquals(Onset.NEVER, life.fastestGrowth().step());
        assertEquals(new Onset(Onset.NEVER, Onset.NEVER), life.still());
    }

    @Test
    void radialSharesOfAStepAwayFromTheCentroidAndOfACommonOne() {
        // apart along the line through the centroid (0, 4), which is across the radii from the origin by 4 : 1
        History apart = History.of(bf16(row(-1, 4), row(1, 4)), bf16(row(-2, 4), row(2, 4)));
        FrameSeries found = Frames.of(apart, allDead(2), Places.all(2), KERNELS).dead();
        assertEquals(1, found.radialFromCentroid().at(1), 1e-15);
        assertEquals(1 / 17.0, found.radialFromOrigin().at(1), 1e-15);
        assertEquals(1, found.outward().at(1));
        assertEquals(2, found.meanRadius().at(1));
        assertEquals(4, found.centroidNorm().at(1), "above the largest radius: lifted off");
        History common = History.of(bf16(row(-1, 4), row(1, 4)), bf16(row(-1, 5), row(1, 5)));
        FrameSeries together =
                Frames.of(common, allDead(2), Places.all(2), KERNELS).dead();
        assertTrue(Double.isNaN(together.radialFromCentroid().at(1)), "the cloud itself does not change");
        assertEquals(16 / 17.0, together.radialFromOrigin().at(1), 1e-15);
        assertEquals(0, together.outward().at(1));
    }

    @Test
    void momentsOfAnotherShapeAreRefused() {
        History w = History.of(bf16(row(1, 2)), bf16(row(1, 2)));
        History narrow = History.of(bf16(row(1)), bf16(row(1)));
        HopBoundary.Rule rule = new HopBoundary.Rule(update -> 1, 0.9, 0.999, 1e-8);
        assertThrows(IllegalArgumentException.class, () -> new HopBoundary(w, narrow, w, rule, 0.5));
        assertThrows(
                IllegalArgumentException.class, () -> new HopBoundary(w, w, w, rule, 0.5).update(0, Tokens.all(1)));
    }

    @Test
    void moreBinsThanUpdatesAreOneForEach() {
        History hidden = History.of(bf16(row(0, 0)), bf16(row(1, 0)), bf16(row(0, 1)));
        History w = History.of(bf16(row(0, 2)), bf16(row(0, 2)), bf16(row(0, 2)));
        HiddenFrames frames = HiddenFrames.of(hidden, w, Tokens.all(1), KERNELS);
        List<HiddenFrames.Bin> bins = frames.bins(hidden, 10);
        assertEquals(2, bins.size());
        assertEquals(90, bins.get(0).angle(), 1e-12);
        assertEquals(1, bins.get(0).across());
        assertEquals(0, bins.get(1).angle(), 1e-12);
        assertEquals(1, bins.get(1).along());
        assertTrue(Double.isNaN(bins.get(0).cosineMean()));
        assertEquals(90, frames.bins(hidden, 1).getFirst().turned(), 1e-12);
        assertEquals(45, frames.bins(hidden, 1).getFirst().swing(), 1e-12);
    }
}
