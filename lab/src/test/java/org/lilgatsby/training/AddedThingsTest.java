package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.EmbeddingDraw;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;

/** Adding an initialisation, an optimizer or a schedule takes one class; here, three that the library does not have. */
class AddedThingsTest {
    private static final ModelConfig MODEL = new ModelConfig(128, 8, 1, 2, 8, ModelConfig.Norm.RMS_NORM, false);

    /** All rows at a point. */
    private record Point() implements Initialization {
        @Override
        public String name() {
            return "point";
        }

        @Override
        public String reason() {
            return "all rows at a point";
        }

        @Override
        public String meaningOfScale() {
            return "each component of the point";
        }

        @Override
        public double usualScale() {
            return 0.5;
        }

        @Override
        public double usualSigma() {
            return 0;
        }

        @Override
        public boolean hasCommonVector() {
            return true;
        }

        @Override
        public boolean hasNoise() {
            return false;
        }

        @Override
        public float[] embed(EmbeddingDraw draw) {
            float[] point = draw.vector();
            Arrays.fill(point, (float) draw.config().scale());
            draw.setRows(point);
            return point;
        }
    }

    /** Adds the learning rate to every parameter, and counts updates in the first moment. */
    private record Marching() implements Optimizer {
        @Override
        public String name() {
            return "marching";
        }

        @Override
        public String reason() {
            return "every parameter moves by the learning rate";
        }

        @Override
        public boolean hasMoments() {
            return true;
        }

        @Override
        public String describe(TrainingConfig config) {
            return "marching";
        }

        @Override
        public void update(OptimizerArrays arrays, ParameterTensor tensor, AdamWStep step) {
            for (int i = tensor.at(); i < tensor.end(); i++) {
                arrays.parameters()[i] += step.learningRate();
                arrays.expAvg()[i]++;
            }
        }
    }

    /** Twice the rate at each step. */
    private record Doubling() implements Schedule {
        @Override
        public String name() {
            return "doubling";
        }

        @Override
        public String reason() {
            return "twice the rate at each step";
        }

        @Override
        public String effect(TrainingConfig config) {
            return "the rate doubles";
        }

        @Override
        public double rate(double first, int step, int horizon) {
            return first * Math.pow(2, step - 1.0);
        }
    }

    @Test
    void theThreeTrainTogether() {
        TrainingConfig training = new TrainingConfig(
                3,
                1,
                1,
                new Marching(),
                0.25,
                new Doubling(),
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
        InitializationConfig start = new InitializationConfig(new Point(), new Point().usualScale(), 0);
        InitialState initial = Models.draw(MODEL, start, Precision.F32, 1);
        Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("no-cache")))
                .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), MODEL.vocabulary());
        try (Trainer trainer = new Trainer(
                training,
                MODEL,
                f32,
                new ScalarKernels(),
                initial,
                new Batches(corpus, MODEL.context(), 1, 1),
                2,
                List.of())) {
            trainer.step();
            trainer.step();
            assertEquals(0.5, trainer.learningRate());
            ParameterTensor wte = trainer.layout().wte();
            float[] rows = new float[wte.size()];
            Arrays.fill(rows, 0.5f + 0.25f + 0.5f);
            float[] found = Arrays.copyOfRange(trainer.parameters(), wte.at(), wte.end());
            assertArrayEquals(rows, found);
            assertEquals(2, trainer.expAvg()[wte.at()]);
        }
    }

    @Test
    void whatTheLibraryHasIsListedInTheOrderInWhichPeopleSeeIt() {
        assertEquals(
                List.of(
                        "normal",
                        "singular",
                        "unit-singular",
                        "snowball",
                        "unit-noise",
                        "bf16-native",
                        "unit-bf16-native",
                        "file"),
                Initialization.catalog().names());
        assertEquals(List.of("adamw", "sgd"), Optimizer.catalog().names());
        assertEquals(List.of("linear", "cosine", "constant"), Schedule.catalog().names());
    }
}
