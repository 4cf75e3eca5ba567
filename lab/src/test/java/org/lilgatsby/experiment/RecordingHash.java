package org.lilgatsby.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.training.Trainer;

/**
 * A program of its own: trains and records a model so small that even the interpreter gets through it, with shapes that
 * meet every tile and its edges. Prints the SHA-256 of the recording.
 */
public final class RecordingHash {
    private RecordingHash() {}

    public static void main(String[] arguments) throws IOException {
        KernelChoice.Implementation kernels = KernelChoice.Implementation.valueOf(arguments[1]);
        System.out.println(
                "SHA-256 " + of(Path.of(arguments[0]), new KernelChoice(kernels, KernelChoice.PREFERRED), 2));
    }

    public static String of(Path root, KernelChoice kernels, int threads) throws IOException {
        ExperimentConfig config = ShortRuns.config(
                "supermassive-black-hole", "model.width=18", "model.heads=2", "model.layers=1", "model.context=19");
        Corpus corpus = ShortRuns.corpus(config);
        RecordingPlan plan = ExperimentRun.plan(config, corpus);
        RunDirectory directory = RunDirectory.create(root);
        Batches batches =
                new Batches(corpus, config.model().context(), config.training().batch(), config.seed());
        try (Recorder recorder = new Recorder(directory, plan, kernels.create());
                Trainer trainer = new Trainer(
                        config.training(),
                        config.model(),
                        config.precision(),
                        kernels.create(),
                        plan.source().initial(),
                        batches,
                        threads,
                        List.of(recorder))) {
            trainer.begin();
            for (int step = 0; step < config.training().steps(); step++) {
                trainer.step();
            }
        }
        return Sha256.of(directory.recording());
    }
}
