package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.lilgatsby.model.Model;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.Normal;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RecordingSource;
import org.lilgatsby.recording.RunDirectory;

/**
 * A recorded step. It runs in a separate Java machine: if other models ran before, the compiler leaves some vectors as
 * objects.
 */
@Tag("own-jvm")
class TrainerAllocationTest {
    private static final ModelConfig MODEL = new ModelConfig(128, 16, 1, 2, 24, ModelConfig.Norm.LAYER_NORM, true);
    private static final PrecisionConfig BF16 = new PrecisionConfig(
            Precision.BF16, Precision.BF16, Precision.BF16, Precision.BF16, PrecisionConfig.Update.FUSED);
    private static final TrainingConfig TRAINING = new TrainingConfig(
            100_000,
            2,
            1,
            new AdamW(),
            1e-3,
            new LinearDecay(),
            0.01,
            0.9,
            0.999,
            1e-8,
            1,
            TrainingConfig.Targets.DOUBLE_SHIFT,
            TrainingConfig.LossScale.PER_LABEL,
            10);

    private static final PerturbationConfig NOISE =
            new PerturbationConfig(1e-6, 1, List.of("transformer.wte.weight", "transformer.ln_f.weight"));

    private static final RecordingConfig RECORDING = new RecordingConfig(
            Observables.ALL.all().stream()
                    .map(observable -> new RecordedTensor(
                            observable.name(),
                            observable,
                            observable == Observables.DELTAS ? Precision.F32 : Precision.BF16))
                    .toList(),
            List.of(),
            10,
            RecordingConfig.Instant.AFTER,
            RecordingConfig.Layout.STREAM);

    @Test
    void aStepAllocatesNothing(@TempDir Path root) throws IOException {
        Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("no-cache")))
                .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), 128);
        InitializationConfig start = new InitializationConfig(new Normal(), 0.02, 0);
        InitialState initial = Models.draw(MODEL, start, Precision.BF16, 7);
        RecordingPlan plan = new RecordingPlan(new RecordingSource(
                RECORDING, MODEL, TRAINING, start, BF16, initial, new int[0], new int[0], Map.of()));
        Kernels kernels = KernelChoice.AUTO.create();
        Model model = Models.of(MODEL, BF16, kernels, initial.parameters(), TRAINING.batch(), 1);
        TorchGenerator generator = new TorchGenerator(initial.generator());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Recorder recorder = new Recorder(RunDirectory.create(root.resolve("run")), plan, kernels);
                Trainer trainer = new Trainer(
                        TRAINING,
                        model,
                        BF16,
                        kernels,
                        new GaussianNoise(NOISE, model.layout(), Precision.BF16, generator),
                        generator,
                        new Batches(corpus, MODEL.context(), TRAINING.batch(), 7),
                        1,
                        List.of(recorder))) {
            trainer.begin();
            // until the compiler has done its work, which the thread that trains waits for, vectors are objects; from
            // then on there must be none
            long hundredSteps = Long.MAX_VALUE;
            for (int round = 0; round < 200 && hundredSteps > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++) {
                    trainer.step();
                }
                hundredSteps = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertTrue(hundredSteps == 0, "a hundred steps allocate " + hundredSteps + " bytes");
        }
    }
}
