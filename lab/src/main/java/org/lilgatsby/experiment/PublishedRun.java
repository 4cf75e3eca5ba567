package org.lilgatsby.experiment;

import java.util.List;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.training.LossWindow;

/**
 * The run that an experiment's authors published, as they printed it. Nothing here is computed, and no computed figure
 * depends on it.
 *
 * @param notebook its number
 * @param corpusSha256 SHA-256 of the prepared corpus that it was trained on, in hexadecimal
 * @param randomness which figures the same seed reproduces
 * @param loss mean losses of logging intervals, in nats
 * @param figures single figures
 * @param deadPopulations dead tokens per distinct row at the end, largest first; empty if not published
 */
public record PublishedRun(
        String notebook,
        String corpusSha256,
        String randomness,
        List<LossWindow> loss,
        List<Published.Value> figures,
        List<Integer> deadPopulations) {
    /** SHA-256 of the book prepared as {@code training_corpus}, 265,905 bytes. */
    static final String TRAINING_CORPUS = "33bdec3abc8bd4e765d09110a4c78fdcbbf7e619e1c09e23f42722634cbc6952";

    /** SHA-256 of the book prepared as {@code gatsby_clean}, 268,928 bytes. */
    static final String GATSBY_CLEAN = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    /** Where the published start was drawn on a CPU. */
    static final String SAME_STREAM = "The embeddings were drawn on a CPU: the same seed draws the same bits. Centroid "
            + "norms and displacement were computed in bfloat16 there, accurate to about 0.4 %; here everything "
            + "is computed in double precision.";

    /** Where it was drawn on a GPU. */
    static final String OTHER_STREAM =
            "The embeddings were drawn on a GPU whose random stream is proprietary: the same "
                    + "seed draws another start, so only distributions can agree.";

    /** Copies the lists. */
    public PublishedRun {
        loss = List.copyOf(loss);
        figures = List.copyOf(figures);
        deadPopulations = List.copyOf(deadPopulations);
    }

    /** Mean losses as notebooks print them: one every fixed number of steps, from the first interval on. */
    public static List<LossWindow> loss(int interval, double... means) {
        LossWindow[] windows = new LossWindow[means.length];
        for (int i = 0; i < means.length; i++) {
            windows[i] = new LossWindow(interval * (i + 1), means[i]);
        }
        return List.of(windows);
    }

    /** The published run beside one of ours, with the differences between the two. */
    Published beside(ExperimentConfig config, Manifest.CorpusFacts corpus) {
        return new Published(
                notebook,
                randomness,
                PublishedRunDifferences.of(config, corpus, corpusSha256),
                loss,
                figures,
                deadPopulations);
    }
}
