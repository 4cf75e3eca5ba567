package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.Model;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.random.TorchGenerator;

class PerturbationTest {
    private static final int V = 128;
    private static final int C = 8;
    private static final int T = 12;
    private static final ModelConfig MODEL = new ModelConfig(V, C, 1, 2, T, ModelConfig.Norm.LAYER_NORM, true);
    private static final long SEED = 5;
    private static final float SIGMA = 1e-3f;
    private static final String WTE = "transformer.wte.weight";
    private static final String BIAS = "transformer.h.0.ln_1.bias";
    private static final TrainingConfig TRAINING = new TrainingConfig(
            4,
            3,
            1,
            new AdamW(),
            1e-3,
            new LinearDecay(),
            0.01,
            0.9,
            0.999,
            1e-8,
            1,
            TrainingConfig.Targets.NEXT,
            TrainingConfig.LossScale.MEAN,
            1);
    private static final Corpus CORPUS = new CorpusLoader(new CorpusCache(Path.of("no-cache")))
            .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), V);

    private final Kernels kernels = new ScalarKernels();

    private static InitialState initial(String mode, Precision stored) {
        Initialization start = Initialization.catalog().get("", mode);
        return Models.draw(
                MODEL, new InitializationConfig(start, start.usualScale(), start.usualSigma()), stored, SEED);
    }

    private Trainer trainer(PerturbationConfig noise, InitialState initial, Precision stored, int workers) {
        PrecisionConfig precision = new PrecisionConfig(stored, stored, stored, stored, PrecisionConfig.Update.FUSED);
        Model model = Models.of(MODEL, precision, kernels, initial.parameters(), TRAINING.batch(), workers);
        TorchGenerator generator = new TorchGenerator(initial.generator());
        return new Trainer(
                TRAINING,
                model,
                precision,
                kernels,
                GaussianNoise.of(noise, model.layout(), stored, generator),
                generator,
                new Batches(CORPUS, T, TRAINING.batch(), SEED),
                workers,
                List.of());
    }

    /** A generator after all draws of GPT-2's own start, counted by hand from docs/numerics.md, section 12. */
    private static TorchGenerator afterTheModel() {
        TorchGenerator generator = new TorchGenerator(SEED);
        int[] weights = {C * 3 * C, C * C, C * 4 * C, 4 * C * C};
        draw(generator, V * C, T * C);
        draw(generator, weights);
        draw(generator, V * C, T * C);
        draw(generator, weights[0], weights[1], weights[1], weights[2], weights[3], weights[3]);
        generator.uniform(new float[V * C], 0, V * C, 0, 1);
        draw(generator, V * C);
        return generator;
    }

    private static void draw(TorchGenerator generator, int... sizes) {
        for (int size : sizes) {
            generator.randn(size);
        }
    }

    /** The generator of docs/numerics.md where the perturbation's draws begin. */
    private static TorchGenerator atTheFirstStep(String mode) {
        TorchGenerator generator = afterTheModel();
        switch (mode) {
            case "normal" -> {}
            case "singular" -> draw(generator, C);
            case "unit-noise" -> draw(generator, C, V * C);
            case "bf16-native" -> {
                generator = new TorchGenerator(SEED);
                draw(generator, C);
            }
            default -> throw new AssertionError(mode);
        }
        return generator;
    }

    private static void add(float[] parameters, ParameterTensor tensor, float[] normals, Precision stored) {
        for (int i = 0; i < normals.length; i++) {
            float product = normals[i] * SIGMA;
            float sum = parameters[tensor.at() + i] + product;
            parameters[tensor.at() + i] = stored == Precision.BF16 ? Bf16.round(sum) : sum;
        }
    }

    @ParameterizedTest
    @CsvSource({"normal, BF16, 1", "unit-noise, F32, 2", "singular, BF16, 3", "bf16-native, BF16, 1"})
    void isTheUpdatePlusTheNextDrawRoundedAsStored(String mode, Precision stored, int workers) {
        PerturbationConfig noise = new PerturbationConfig(SIGMA, 1, List.of(BIAS, WTE));
        InitialState initial = initial(mode, stored);
        TorchGenerator generator = atTheFirstStep(mode);
        try (Trainer noisy = trainer(noise, initial, stored, workers);
                Trainer plain = trainer(PerturbationConfig.none(), initial, stored, 1)) {
            ParameterTensor wte = plain.layout().wte();
            ParameterTensor bias = plain.layout().find(BIAS).orElseThrow();
            float[] expected = initial.parameters();
            for (int step = 1; step <= 2; step++) {
                plain.restore(step - 1, plain.position(), expected, plain.expAvg(), plain.expAvgSq(), new float[0]);
                plain.step();
                noisy.step();
                expected = plain.parameters().clone();
                add(expected, bias, generator.randn(C), stored);
                add(expected, wte, generator.randn(V * C), stored);
                assertArrayEquals(expected, noisy.parameters(), "step " + step);
                assertArrayEquals(plain.expAvg(), noisy.expAvg());
                assertEquals(plain.loss(), noisy.loss());
            }
        }
    }

    @Test
    void comesAfterEveryUpdateThatItsPeriodDivides() {
        InitialState initial = initial("normal", Precision.F32);
        PerturbationConfig second = new PerturbationConfig(SIGMA, 2, List.of(WTE));
        PerturbationConfig each = new PerturbationConfig(SIGMA, 1, List.of(WTE));
        try (Trainer noisy = trainer(second, initial, Precision.F32, 1);
                Trainer plain = trainer(PerturbationConfig.none(), initial, Precision.F32, 1);
                Trainer always = trainer(each, initial, Precision.F32, 1)) {
            noisy.step();
            plain.step();
            always.step();
            assertArrayEquals(plain.parameters(), noisy.parameters());
            assertNotEquals(Arrays.hashCode(plain.parameters()), Arrays.hashCode(always.parameters()));
            noisy.step();
            plain.step();
            float[] expected = plain.parameters().clone();
            add(expected, plain.layout().wte(), atTheFirstStep("normal").randn(V * C), Precision.F32);
            assertArrayEquals(expected, noisy.parameters(), "nothing was drawn at step 1");
        }
    }
}
