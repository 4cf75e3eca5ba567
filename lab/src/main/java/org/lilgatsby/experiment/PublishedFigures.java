package org.lilgatsby.experiment;

import static org.lilgatsby.experiment.ComparedFigure.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Published.Value;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.training.LossWindow;

/**
 * The published figures of the five experiments, as their notebooks printed them. Nothing here is computed, and nothing
 * computed looks at it.
 */
final class PublishedFigures {
    /** SHA-256 of the prepared book, 265,905 bytes. */
    private static final String TRAINING_CORPUS = "33bdec3abc8bd4e765d09110a4c78fdcbbf7e619e1c09e23f42722634cbc6952";

    /** SHA-256 of the transliterated book, 268,928 bytes. */
    private static final String GATSBY_CLEAN = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    private static final String SAME_STREAM =
            "The embeddings were drawn on a CPU: the same seed draws the same bits. Centroid "
                    + "norms and displacement were computed in bfloat16 there, true to about 0.4 %; here all is "
                    + "computed in double.";
    private static final String OTHER_STREAM =
            "The embeddings were drawn on a GPU whose random stream is proprietary: the same "
                    + "seed draws another start, so that only distributions can agree.";

    private PublishedFigures() {}

    /** What was published for the experiment that a configuration concludes; empty for none. */
    static Optional<Published> of(ExperimentConfig config, Manifest.CorpusFacts corpus) {
        return switch (config.conclusion()) {
            case EMBEDDING_EVOLUTION -> Optional.of(embeddingEvolution(config, corpus));
            case PRIMORDIAL_SNOWBALL -> Optional.of(primordialSnowball(config, corpus));
            case FLOAT32_EDITION -> Optional.of(float32Edition(config, corpus));
            case INSTRUMENTED -> Optional.of(instrumented(config, corpus));
            case SUPERMASSIVE_BLACK_HOLE -> Optional.of(supermassiveBlackHole(config, corpus));
            case NONE -> Optional.empty();
        };
    }

    private static Published embeddingEvolution(ExperimentConfig config, Manifest.CorpusFacts corpus) {
        return new Published(
                "08.2a",
                SAME_STREAM,
                PublishedRunDifferences.of(config, corpus, TRAINING_CORPUS),
                loss(100, 3.4545, 3.0939, 3.0779, 3.0836, 3.0731, 3.0816, 3.0735, 3.0737, 3.0768, 3.0749),
                List.of(
                        new Value(COMMON_NORM, "8.201394"),
                        new Value(COMMON_MEAN, "2.535469e-01"),
                        new Value(INITIAL_CENTROID_NORM, "8.1875"),
                        new Value(FINAL_CENTROID_NORM, "8.1875"),
                        new Value(DISPLACEMENT, "0.365234"),
                        new Value(DEAD_BLACK_HOLES, "1")),
                List.of(51));
    }

    private static Published primordialSnowball(ExperimentConfig config, Manifest.CorpusFacts corpus) {
        return new Published(
                "11.2c",
                SAME_STREAM,
                PublishedRunDifferences.of(config, corpus, TRAINING_CORPUS),
                loss(100, 3.4507, 3.0907, 3.0831, 3.0792, 3.0805, 3.0800, 3.0731, 3.0747, 3.0763, 3.0721),
                List.of(
                        new Value(COMMON_NORM, "8.201394"),
                        new Value(INITIAL_DISTINCT, "21"),
                        new Value(INITIAL_BLACK_HOLES, "15"),
                        new Value(INITIAL_IN_BLACK_HOLES, "122"),
                        new Value(FINAL_BLACK_HOLES, "2"),
                        new Value(FINAL_IN_BLACK_HOLES, "51"),
                        new Value(DEAD_LINF_MIN, "0"),
                        new Value(DEAD_LINF_MEAN, "7.506127e-05"),
                        new Value(DEAD_LINF_MAX, "9.765625e-04"),
                        new Value(FINAL_CENTROID_NORM, "8.1875"),
                        new Value(DISPLACEMENT, "0.359375")),
                List.of(49, 2));
    }

    private static Published float32Edition(ExperimentConfig config, Manifest.CorpusFacts corpus) {
        return new Published(
                "13.4a",
                OTHER_STREAM,
                PublishedRunDifferences.of(config, corpus, TRAINING_CORPUS),
                loss(100, 3.3425, 3.0786, 3.0110, 2.9101, 2.8663, 2.8440, 2.8238, 2.8061, 2.8041, 2.8012),
                List.of(
                        new Value(DRAWN_CENTROID_NORM, "0.999999"),
                        new Value(INITIAL_CENTROID_NORM, "1.000153"),
                        new Value(CENTROID_SHIFT, "1.203360e-03"),
                        new Value(FINAL_CENTROID_NORM, "0.828891"),
                        new Value(DEAD_DISTINCT, "13"),
                        new Value(DEAD_BLACK_HOLES, "6"),
                        new Value(DEAD_SINGLETONS, "7"),
                        new Value(DEAD_CENTROID_NORM, "0.842696"),
                        new Value(EPSILON, "6.583559e-03"),
                        new Value(EDGES, "78"),
                        new Value(DENSITY, "1"),
                        new Value(DISTINCT_LINF_MIN, "2.441406e-04"),
                        new Value(DISTINCT_LINF_MEAN, "8.670122e-04"),
                        new Value(DISTINCT_LINF_MAX, "9.765625e-04"),
                        new Value(COMPONENT_VALUES, "64"),
                        new Value(COMPONENT_MIN, "-4.179688e-01"),
                        new Value(COMPONENT_MAX, "2.080078e-01"),
                        new Value(STEPS_PER_SECOND, "106.0")),
                List.of(19, 14, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1));
    }

    private static Published instrumented(ExperimentConfig config, Manifest.CorpusFacts corpus) {
        return new Published(
                "14.1a",
                OTHER_STREAM + " The gradient of dead tokens at the first step hardly depends on the start.",
                PublishedRunDifferences.of(config, corpus, TRAINING_CORPUS),
                loss(1000, 2.9279, 2.5873, 2.4081, 2.3234, 2.2755, 2.2436, 2.2277, 2.2164, 2.2092, 2.2068),
                List.of(
                        new Value(DEAD_GRADIENT_MEAN, "6.121443e-02"),
                        new Value(DEAD_GRADIENT_MIN, "6.121239e-02"),
                        new Value(DEAD_GRADIENT_MAX, "6.125058e-02"),
                        new Value(DEAD_LAST_GRADIENT_MEAN, "9.438379e-04"),
                        new Value(LIVE_GRADIENT_MEAN, "1.160393e-01"),
                        new Value(LIVE_GRADIENT_MAX, "1.241577"),
                        new Value(LIVE_LAST_GRADIENT_MEAN, "6.798930e-02"),
                        new Value(LIVE_LAST_GRADIENT_MAX, "8.619771e-01")),
                List.of());
    }

    private static Published supermassiveBlackHole(ExperimentConfig config, Manifest.CorpusFacts corpus) {
        return new Published(
                "1.12b",
                OTHER_STREAM
                        + " When a run leaves the plateau near 3.1 is chance. Losses of single steps were stored in "
                        + "bfloat16 there: 4.8438 for ln 128 = 4.8520.",
                PublishedRunDifferences.of(config, corpus, GATSBY_CLEAN),
                loss(1000, 3.1728, 3.1101, 3.1056, 3.0267, 2.9535, 2.9447, 2.9400, 2.9407, 2.9350, 2.9368),
                List.of(
                        new Value(INITIAL_CENTROID_NORM, "0.156989"),
                        new Value(FINAL_CENTROID_NORM, "0.162018"),
                        new Value(INITIAL_DISTANCE, "0"),
                        new Value(FINAL_DISTANCE, "1.0715"),
                        new Value(ALL_GRADIENT_MEAN, "8.051573e-02"),
                        new Value(ALL_GRADIENT_MAX, "8.757275e-01"),
                        new Value(WARM_MOMENTUM, "1.042301e-03"),
                        new Value(WARM_VARIANCE, "8.490872e-06"),
                        new Value(FIRST_LOSS, "4.8438"),
                        new Value(LAST_LOSS, "2.9062"),
                        new Value(STEPS_PER_SECOND, "104.6")),
                List.of());
    }

    private static List<LossWindow> loss(int interval, double... means) {
        List<LossWindow> windows = new ArrayList<>();
        for (double mean : means) {
            windows.add(new LossWindow(interval * (windows.size() + 1), mean));
        }
        return windows;
    }
}
