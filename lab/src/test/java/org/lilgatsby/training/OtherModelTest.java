package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.BalancedPartition;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.kernel.Worker;
import org.lilgatsby.model.Model;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.random.TorchGenerator;

/** The trainer trains any model; here, one that counts. */
class OtherModelTest {
    private static final int VOCABULARY = 128;
    private static final int CONTEXT = 8;

    /** Its loss is -(sum of the first component of each row that occurs), so a row's gradient is minus its count. */
    private static final class Counting implements Model {
        private static final class Layout extends ParameterLayout {
            private final ParameterTensor rows = matrix("rows", VOCABULARY, 1);
            private final ParameterTensor unused = vector("unused", 3);

            @Override
            public ParameterTensor wte() {
                return rows;
            }
        }

        private final Layout layout = new Layout();
        private final float[] parameters = new float[layout.length()];
        private final float[] gradients = new float[layout.length()];
        private final BalancedPartition shares;
        private final List<String> changed = Collections.synchronizedList(new ArrayList<>());
        private double lossSum;

        Counting(int workers) {
            shares = new BalancedPartition(new long[] {VOCABULARY, 3}, workers);
        }

        @Override
        public ModelConfig config() {
            return new ModelConfig(VOCABULARY, 1, 1, 1, CONTEXT, ModelConfig.Norm.LAYER_NORM, true);
        }

        @Override
        public ParameterLayout layout() {
            return layout;
        }

        @Override
        public float[] parameters() {
            return parameters;
        }

        @Override
        public float[] gradients() {
            return gradients;
        }

        @Override
        public BalancedPartition shares() {
            return shares;
        }

        @Override
        public void lossAndGradient(
                Worker slice, int[] ids, int[] targets, int sequences, float lossScale, boolean accumulate) {
            if (slice.index() == 0) {
                lossSum = 0;
                for (int i = 0; i < sequences * CONTEXT; i++) {
                    lossSum -= parameters[layout.rows.at() + ids[i]];
                }
            }
            if (shares.belongsTo(slice, 0)) {
                for (int i = 0; i < sequences * CONTEXT; i++) {
                    gradients[layout.rows.at() + ids[i]] -= 1;
                }
            }
        }

        @Override
        public double lossSum(int sequences) {
            return lossSum;
        }

        @Override
        public float[] lastLogits() {
            return new float[VOCABULARY];
        }

        @Override
        public void keepHidden() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public void addHidden(double[] sums, double[] squares, int sequences) {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public float[] headGradients() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public float[] lookupGradients() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public void parameterChanged(int tensor) {
            changed.add(layout.tensor(tensor).name());
        }

        @Override
        public void logits(int[] ids, float[] logits) {
            throw new AssertionError("nobody asks");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isTrainedThroughTheInterface(int workers) {
        TrainingConfig config = new TrainingConfig(
                4,
                2,
                1,
                new Sgd(),
                0.5,
                new ConstantRate(),
                0,
                0.9,
                0.999,
                1e-8,
                0,
                TrainingConfig.Targets.NEXT,
                TrainingConfig.LossScale.MEAN,
                1);
        PrecisionConfig f32 = new PrecisionConfig(
                Precision.F32, Precision.F32, Precision.F32, Precision.F32, PrecisionConfig.Update.FUSED);
        Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("no-cache")))
                .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), VOCABULARY);
        int[] windows = new int[config.batch() * (CONTEXT + 1)];
        new Batches(corpus, CONTEXT, config.batch(), 3).next(windows);
        Counting model = new Counting(workers);
        float[] expected = new float[model.layout.length()];
        for (int i = 0; i < windows.length; i++) {
            expected[model.layout.rows.at() + windows[i]] += i % (CONTEXT + 1) < CONTEXT ? 0.5f : 0;
        }
        Batches batches = new Batches(corpus, CONTEXT, config.batch(), 3);
        try (Trainer trainer = new Trainer(
                config,
                model,
                f32,
                new ScalarKernels(),
                Perturbation.none(),
                new TorchGenerator(1),
                batches,
                workers,
                List.of())) {
            trainer.step();
            assertEquals(0, trainer.loss());
            assertArrayEquals(expected, trainer.parameters());
            assertEquals(
                    List.of("rows", "unused"), model.changed.stream().sorted().toList());
            assertEquals(List.of("rows", "unused"), trainer.layout().names());
        }
    }
}
