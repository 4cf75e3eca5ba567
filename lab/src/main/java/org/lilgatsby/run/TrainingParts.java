package org.lilgatsby.run;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Model;
import org.lilgatsby.model.Models;
import org.lilgatsby.random.GeneratorState;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.training.GaussianNoise;
import org.lilgatsby.training.NonFinite;
import org.lilgatsby.training.Perturbation;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.Trainer;

/**
 * What a run trains with.
 *
 * @param model the model
 * @param generator what is drawn from while training
 * @param trainer at the state before the first step
 */
record TrainingParts(Model model, TorchGenerator generator, Trainer trainer) implements AutoCloseable {
    /**
     * Makes them from a configuration.
     *
     * @param listeners notified of every step, in this order
     */
    static TrainingParts of(
            ExperimentConfig config,
            Corpus corpus,
            InitialState initial,
            RunOptions options,
            List<StepListener> listeners) {
        Model model = Models.of(
                config.model(),
                config.precision(),
                options.kernels(),
                initial.parameters(),
                config.training().batch(),
                options.threads());
        TorchGenerator generator = config.forUpdates(initial);
        Perturbation perturbation = GaussianNoise.of(
                config.perturbation(), model.layout(), config.precision().parameters(), generator);
        Trainer trainer = new Trainer(
                config.training(),
                model,
                config.precision(),
                options.kernels(),
                perturbation,
                generator,
                batches(config, corpus, initial.generator()),
                options.threads(),
                checked(options, listeners));
        return new TrainingParts(model, generator, trainer);
    }

    /** The windows of text that a run trains on. */
    static Batches batches(ExperimentConfig config, Corpus corpus, GeneratorState afterModel) {
        return new Batches(
                corpus,
                config.model().context(),
                config.training().batch(),
                config.corpus().windows(),
                config.seed(),
                afterModel);
    }

    /** The check for NaN comes first: a recorder must not see the step that stops the run. */
    private static List<StepListener> checked(RunOptions options, List<StepListener> listeners) {
        List<StepListener> all = new ArrayList<>(listeners);
        if (options.onNonFinite() == RunOptions.OnNonFinite.STOP) {
            all.addFirst(new NonFinite());
        }
        return all;
    }

    /**
     * Checks the parameters, if NaN and infinity are to stop the run.
     *
     * @throws org.lilgatsby.training.NonFiniteException naming the first that is NaN or infinite
     */
    void requireFinite(RunOptions options) {
        if (options.onNonFinite() == RunOptions.OnNonFinite.STOP) {
            NonFinite.requireFiniteParameters(trainer);
        }
    }

    @Override
    public void close() {
        trainer.close();
    }
}
