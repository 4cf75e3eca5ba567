package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.Normal;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.model.PrecisionConfig.Loss;

class TrainerTest {
    private static final ModelConfig MODEL = new ModelConfig(128, 16, 1, 2, 24, ModelConfig.Norm.LAYER_NORM, true);
    private static final PrecisionConfig F32 = new PrecisionConfig(
            Precision.F32, Precision.F32, Precision.F32, Precision.F32, PrecisionConfig.Update.FUSED);
    private static final PrecisionConfig BF16 = new PrecisionConfig(
            Precision.BF16, Precision.BF16, Precision.BF16, Precision.BF16, PrecisionConfig.Update.FUSED);
    private static final Corpus CORPUS = new CorpusLoader(new CorpusCache(Path.of("no-cache")))
            .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), 128);

    /** A control character: no text has it. */
    private static final int UNUSED = 1;

    private final Kernels kernels = KernelChoice.AUTO.create();

    private static TrainingConfig config(int steps, int batch, int accumulation, double clip) {
        return new TrainingConfig(
                steps,
                batch,
                accumulation,
                new AdamW(),
                1e-3,
                new LinearDecay(),
                0.01,
                0.9,
                0.999,
                1e-8,
                clip,
                TrainingConfig.Targets.DOUBLE_SHIFT,
                TrainingConfig.LossScale.PER_LABEL,
                10);
    }

    private Trainer trainer(TrainingConfig config, PrecisionConfig precision, int workers, StepListener... listeners) {
        InitializationConfig start = new InitializationConfig(new Normal(), 0.02, 0);
        InitialState initial = Models.draw(MODEL, start, precision.parameters(), 7);
        Batches batches = new Batches(CORPUS, MODEL.context(), config.batch(), 7);
        return new Trainer(config, MODEL, precision, kernels, initial, batches, workers, List.of(listeners));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void logitsAreThoseOfTheStepsFirstSequenceHoweverItIsCut(int workers) {
        float[] whole;
        try (Trainer trainer = trainer(config(1, 4, 1, 0), BF16, workers)) {
            trainer.step();
            whole = trainer.logits().clone();
        }
        try (Trainer trainer = trainer(config(1, 1, 4, 0), BF16, workers)) {
            trainer.step();
            assertArrayEquals(whole, trainer.logits());
        }
    }

    /** Notes what is seen at which instant. */
    private static final class Notes implements StepListener {
        private final List<String> events = new ArrayList<>();
        private final List<float[]> gradients = new ArrayList<>();
        private final List<Double> rates = new ArrayList<>();
        private float[] beforeUpdate;
        private int unchanged;

        @Override
        public void initial(TrainingState state) {
            events.add("initial " + state.stepNumber() + " " + state.loss());
        }

        @Override
        public void afterBackward(TrainingState state) {
            events.add("backward " + state.stepNumber());
            gradients.add(state.gradients().clone());
            rates.add(state.learningRate());
            beforeUpdate = state.parameters().clone();
        }

        @Override
        public void afterUpdate(TrainingState state) {
            events.add("update " + state.stepNumber());
            assertArrayEquals(
                    gradients.getLast(), state.gradients(), "the recorded gradient is the one before clipping");
            unchanged += Arrays.equals(beforeUpdate, state.parameters()) ? 1 : 0;
        }
    }

    @Test
    void eventsComeAtTheirInstants() {
        Notes notes = new Notes();
        try (Trainer trainer = trainer(config(4, 2, 1, 1e-3), F32, 2, notes)) {
            trainer.begin();
            trainer.step();
            trainer.step();
            assertTrue(trainer.clipCoefficient() < 1, "a tiny norm clips");
            assertEquals(1e-3 / (trainer.gradientNorm() + 1e-6), trainer.clipCoefficient(), 1e-9);
        }
        assertEquals(List.of("initial 0 NaN", "backward 1", "update 1", "backward 2", "update 2"), notes.events);
        assertEquals(List.of(1e-3, 0.75e-3), notes.rates);
        assertEquals(0, notes.unchanged);
    }

    /** Notes which tensors are told of, and whether W was as said. */
    private static final class Updates implements StepListener {
        private final List<ParameterTensor> before = Collections.synchronizedList(new ArrayList<>());
        private final List<ParameterTensor> after = Collections.synchronizedList(new ArrayList<>());
        private float[] w = new float[0];

        @Override
        public void beforeUpdate(ParameterTensor tensor, TrainingState state) {
            before.add(tensor);
            if (tensor == state.layout().wte()) {
                w = Arrays.copyOfRange(state.parameters(), tensor.at(), tensor.end());
            }
        }

        @Override
        public void afterUpdate(ParameterTensor tensor, TrainingState state) {
            assertTrue(before.contains(tensor));
            after.add(tensor);
            if (tensor == state.layout().wte()) {
                assertFalse(Arrays.equals(w, Arrays.copyOfRange(state.parameters(), tensor.at(), tensor.end())));
                w = Arrays.copyOfRange(state.parameters(), tensor.at(), tensor.end());
            }
        }

        @Override
        public void afterUpdate(TrainingState state) {
            ParameterTensor wte = state.layout().wte();
            assertArrayEquals(Arrays.copyOfRange(state.parameters(), wte.at(), wte.end()), w);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyTensorIsToldOfOnceBeforeAndAfterItsUpdate(int workers) {
        Updates updates = new Updates();
        try (Trainer trainer = trainer(config(2, 2, 1, 1), BF16, workers, updates)) {
            trainer.step();
            Set<ParameterTensor> all = Set.copyOf(trainer.layout().tensors());
            assertEquals(all.size(), updates.before.size());
            assertEquals(all, Set.copyOf(updates.before));
            assertEquals(all.size(), updates.after.size());
            assertEquals(all, Set.copyOf(updates.after));
        }
    }

    @Test
    void accumulatedMicroBatchesAreOneBatchInFloat32() {
        Notes whole = new Notes();
        Notes parts = new Notes();
        try (Trainer a = trainer(config(2, 6, 1, 0), F32, 1, whole);
                Trainer b = trainer(config(2, 2, 3, 0), F32, 1, parts)) {
            a.step();
            b.step();
            assertEquals(a.loss(), b.loss(), 1e-9);
            for (ParameterTensor tensor : a.layout().tensors()) {
                double error = 0;
                double size = 0;
                for (int i = tensor.at(); i < tensor.end(); i++) {
                    error += Math.pow(
                            whole.gradients.getFirst()[i] - parts.gradients.getFirst()[i], 2);
                    size += Math.pow(whole.gradients.getFirst()[i], 2);
                }
                assertTrue(Math.sqrt(error) <= 1e-5 * Math.sqrt(size) + 1e-9, tensor.name());
            }
        }
    }

    /** Keeps the mean hidden state of each step, and the gradient. */
    private static final class Hidden implements StepListener {
        private final List<float[]> states = new ArrayList<>();
        private float[] gradient;

        @Override
        public boolean readsHidden() {
            return true;
        }

        @Override
        public void afterBackward(TrainingState state) {
            states.add(state.hidden().clone());
            gradient = state.gradients().clone();
        }
    }

    /**
     * With all rows equal every token has probability 1/V, so that an unused one's gradient is the mean hidden state
     * over V.
     */
    @Test
    void theMeanHiddenStateIsWhatPushesTokensThatDoNotOccur() {
        Hidden seen = new Hidden();
        TrainingConfig config = new TrainingConfig(
                2,
                3,
                2,
                new AdamW(),
                1e-3,
                new LinearDecay(),
                0.01,
                0.9,
                0.999,
                1e-8,
                0,
                TrainingConfig.Targets.NEXT,
                TrainingConfig.LossScale.MEAN,
                10);
        try (Trainer trainer = trainer(config, F32, 2, seen)) {
            float[] parameters = trainer.parameters().clone();
            ParameterTensor wte = trainer.layout().wte();
            for (int i = wte.at() + MODEL.width(); i < wte.end(); i++) {
                parameters[i] = parameters[i - MODEL.width()];
            }
            trainer.restore(0, trainer.position(), parameters, trainer.expAvg(), trainer.expAvgSq(), new float[0]);
            trainer.step();
            for (int j = 0; j < MODEL.width(); j++) {
                float ofUnused = seen.gradient[wte.at() + UNUSED * MODEL.width() + j];
                assertEquals(seen.states.getFirst()[j], ofUnused * MODEL.vocabulary(), 2e-6);
            }
        }
    }

    @Test
    void theMeanHiddenStateDependsOnNoWorkerAndReadingItChangesNothing() {
        Hidden one = new Hidden();
        Hidden three = new Hidden();
        try (Trainer a = trainer(config(2, 7, 1, 1), BF16, 1, one);
                Trainer b = trainer(config(2, 7, 1, 1), BF16, 3, three);
                Trainer without = trainer(config(2, 7, 1, 1), BF16, 1)) {
            for (int i = 0; i < 2; i++) {
                a.step();
                b.step();
                without.step();
                assertArrayEquals(one.states.get(i), three.states.get(i));
            }
            assertArrayEquals(without.parameters(), a.parameters());
            assertArrayEquals(new float[MODEL.width()], without.hidden(), "nobody reads it");
        }
    }

    @Test
    void everythingStoredAsBf16IsRounded() {
        Notes notes = new Notes();
        try (Trainer trainer = trainer(config(3, 2, 2, 1), BF16, 1, notes)) {
            trainer.step();
            trainer.step();
            for (float[] stored :
                    List.of(trainer.parameters(), trainer.expAvg(), trainer.expAvgSq(), trainer.gradients())) {
                for (float value : stored) {
                    assertTrue(Bf16.isRounded(value));
                }
            }
            assertTrue(Bf16.isRounded((float) trainer.gradientNorm()));
        }
    }

    @Test
    void restoringGoesOnAsIfNothingHadHappened() {
        try (Trainer whole = trainer(config(6, 3, 1, 1), BF16, 1);
                Trainer resumed = trainer(config(6, 3, 1, 1), BF16, 1)) {
            for (int i = 0; i < 3; i++) {
                whole.step();
            }
            resumed.restore(3, whole.position(), whole.parameters(), whole.expAvg(), whole.expAvgSq(), new float[0]);
            for (int i = 0; i < 3; i++) {
                whole.step();
                resumed.step();
                assertEquals(whole.loss(), resumed.loss());
            }
            assertArrayEquals(whole.parameters(), resumed.parameters());
            assertArrayEquals(whole.expAvgSq(), resumed.expAvgSq());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void notANumberStopsBeforeTheUpdateAndNamesTheFirstOne(int workers) {
        try (Trainer trainer = trainer(config(3, 2, 1, 1), BF16, workers, new NonFinite())) {
            trainer.step();
            ParameterTensor wpe = trainer.layout().tensor(1);
            trainer.parameters()[wpe.at() + 5 * MODEL.width() + 3] = Float.NaN;
            float[] before = trainer.parameters().clone();
            NonFiniteException e = assertThrows(NonFiniteException.class, trainer::step);
            assertEquals(2, e.step());
            assertTrue(e.getMessage().contains("transformer.wpe.weight[5, 3] is NaN"), e.getMessage());
            assertArrayEquals(before, trainer.parameters());
        }
    }

    @Test
    void anInfiniteRowOfAnUnusedTokenStopsToo() {
        try (Trainer trainer = trainer(config(3, 2, 1, 1), BF16, 1, new NonFinite())) {
            float[] parameters = trainer.parameters().clone();
            parameters[trainer.layout().wte().at() + 2] = Float.NEGATIVE_INFINITY;
            trainer.restore(0, trainer.position(), parameters, trainer.expAvg(), trainer.expAvgSq(), new float[0]);
            NonFiniteException e = assertThrows(NonFiniteException.class, trainer::step);
            assertTrue(e.getMessage().contains("transformer.wte.weight[0, 2] is -Infinity"), e.getMessage());
        }
    }

    @Test
    void theLastStepsParametersAreLookedAtAsWell() {
        try (Trainer trainer = trainer(config(3, 2, 1, 1), BF16, 1, new NonFinite())) {
            trainer.step();
            NonFinite.requireFiniteParameters(trainer);
            trainer.parameters()[trainer.layout().length() - 1] = Float.POSITIVE_INFINITY;
            NonFiniteException e =
                    assertThrows(NonFiniteException.class, () -> NonFinite.requireFiniteParameters(trainer));
            assertEquals("step 1: after its update parameter transformer.ln_f.bias[15] is Infinity", e.getMessage());
        }
    }

    @Test
    void targetsAndDivisors() {
        int[] windows = {10, 11, 12, 13, 14};
        int[] ids = new int[4];
        int[] targets = new int[4];
        Objective doubleShift =
                new Objective(TrainingConfig.Targets.DOUBLE_SHIFT, TrainingConfig.LossScale.PER_LABEL, 4, Loss.F32);
        assertEquals(4, doubleShift.split(windows, 1, ids, targets));
        assertArrayEquals(new int[] {10, 11, 12, 13}, ids);
        assertArrayEquals(new int[] {12, 13, 14, -1}, targets);
        Objective mean = new Objective(TrainingConfig.Targets.DOUBLE_SHIFT, TrainingConfig.LossScale.MEAN, 4, Loss.F32);
        assertEquals(3, mean.split(windows, 1, ids, targets));
        Objective next = new Objective(TrainingConfig.Targets.NEXT, TrainingConfig.LossScale.MEAN, 4, Loss.F32);
        assertEquals(4, next.split(windows, 1, ids, targets));
        assertArrayEquals(new int[] {11, 12, 13, 14}, targets);
    }

    /**
     * PyTorch 2.13 has -0.00157928... in the gradient of the mean of 630 bf16 losses, of their sum / 630 -0.00158691...
     */
    @ParameterizedTest
    @CsvSource({
        "F32, MEAN, 0.0015873016",
        "F32, PER_LABEL, 0.0015873016",
        "BF16, MEAN, 0.0015822785",
        "BF16, PER_LABEL, 0.0015873016"
    })
    void theMeanOfBf16LossesHasADivisorInBf16(Loss loss, TrainingConfig.LossScale scale, float factor) {
        Objective objective = new Objective(TrainingConfig.Targets.NEXT, scale, 4, loss);
        assertEquals(factor, objective.factor(630));
        assertEquals(1f / 4096, objective.factor(4096));
    }

    @Test
    void aShorterWindowHasFewerTargets() {
        int[] windows = {10, 11, 12, 13, -1, 20, 21, 22, -1, -1};
        int[] ids = new int[8];
        int[] targets = new int[8];
        Objective next = new Objective(TrainingConfig.Targets.NEXT, TrainingConfig.LossScale.MEAN, 4, Loss.F32);
        assertEquals(3 + 2, next.split(windows, 2, ids, targets));
        assertArrayEquals(new int[] {10, 11, 12, 13, 20, 21, 22, 0}, ids);
        assertArrayEquals(new int[] {11, 12, 13, -1, 21, 22, -1, -1}, targets);
        Objective labels =
                new Objective(TrainingConfig.Targets.DOUBLE_SHIFT, TrainingConfig.LossScale.PER_LABEL, 4, Loss.F32);
        assertEquals(4 + 3, labels.split(windows, 2, ids, targets));
        assertArrayEquals(new int[] {12, 13, -1, -1, 22, -1, -1, -1}, targets);
    }
}
