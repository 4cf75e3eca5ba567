package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.model.Bf16Native;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.model.PrecisionConfig.Update;
import org.lilgatsby.model.Singular;
import org.lilgatsby.model.Snowball;
import org.lilgatsby.model.UnitNoise;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RecordingConfig.Instant;
import org.lilgatsby.recording.RecordingConfig.Layout;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.training.AdamW;
import org.lilgatsby.training.LinearDecay;
import org.lilgatsby.training.PerturbationConfig;
import org.lilgatsby.training.TrainingConfig;
import org.lilgatsby.training.TrainingConfig.LossScale;
import org.lilgatsby.training.TrainingConfig.Targets;

/** The five experiments against the parameter cells of the notebooks, every value written out. */
class BuiltInTest {
    static final List<ExperimentConfig> EXPECTED = List.of(
            expected(
                    "embedding-evolution",
                    Preparation.TRAINING_CORPUS,
                    new InitializationConfig(new Singular(), 1, 0),
                    training(5000, 16, 0.01, LossScale.PER_LABEL, 100),
                    Update.FUSED,
                    new RecordingConfig(
                            List.of(new RecordedTensor("embeddings", Observables.EMBEDDINGS, Precision.BF16)),
                            List.of(),
                            1,
                            Instant.AFTER,
                            Layout.PER_STEP)),
            expected(
                    "primordial-snowball",
                    Preparation.TRAINING_CORPUS,
                    new InitializationConfig(new Snowball(), 1, 1e-5),
                    training(10_000, 32, 0.01, LossScale.PER_LABEL, 100),
                    Update.FUSED,
                    history(List.of())),
            expected(
                    "float32-edition",
                    Preparation.TRAINING_CORPUS,
                    new InitializationConfig(new UnitNoise(), 1, 1e-5),
                    training(1000, 32, 0.01, LossScale.PER_LABEL, 100),
                    Update.FUSED,
                    history(constants("dead_token_ids", "init_sigma"))),
            expected(
                    "instrumented",
                    Preparation.TRAINING_CORPUS,
                    new InitializationConfig(new UnitNoise(), 1, 1e-5),
                    training(10_000, 32, 0.01, LossScale.PER_LABEL, 1000),
                    Update.FUSED,
                    new RecordingConfig(
                            List.of(
                                    new RecordedTensor("grads", Observables.GRADS, Precision.F32),
                                    new RecordedTensor("deltas", Observables.DELTAS, Precision.F32)),
                            constants(
                                    "recorded_steps",
                                    "dead_token_ids",
                                    "live_token_ids",
                                    "initial_embeddings",
                                    "init_sigma",
                                    "learning_rate",
                                    "weight_decay"),
                            1,
                            Instant.AFTER,
                            Layout.STREAM)),
            expected(
                    "supermassive-black-hole",
                    Preparation.GATSBY_CLEAN,
                    new InitializationConfig(new Bf16Native(), 0.02, 0),
                    training(10_000, 1, 0, LossScale.MEAN, 1000),
                    Update.PER_OP,
                    new RecordingConfig(
                            List.of(
                                    new RecordedTensor("embeddings", Observables.EMBEDDINGS, Precision.BF16),
                                    new RecordedTensor("grads", Observables.GRADS, Precision.BF16),
                                    new RecordedTensor("momentum", Observables.MOMENTUM, Precision.BF16),
                                    new RecordedTensor("variance", Observables.VARIANCE, Precision.BF16),
                                    new RecordedTensor("logits", Observables.LOGITS, Precision.BF16),
                                    new RecordedTensor("losses", Observables.LOSSES, Precision.BF16)),
                            constants(
                                    "recorded_steps",
                                    "bh_center",
                                    "init_scale",
                                    "sigma",
                                    "learning_rate",
                                    "weight_decay",
                                    "adam_beta1",
                                    "adam_beta2"),
                            1,
                            Instant.AFTER,
                            Layout.STREAM)));

    @ParameterizedTest
    @FieldSource("EXPECTED")
    void isTheNotebooks(ExperimentConfig expected) {
        assertEquals(expected, BuiltIn.load(expected.name(), List.of()));
    }

    @Test
    void listsAll() {
        assertEquals(
                EXPECTED.stream().map(ExperimentConfig::name).toList(),
                BuiltIn.names().subList(0, EXPECTED.size()));
    }

    @Test
    void namesTheNearestExperiment() {
        SettingException e = assertThrows(SettingException.class, () -> BuiltIn.load("flot32-edition", List.of()));
        assertEquals(
                "unknown experiment 'flot32-edition'; did you mean 'float32-edition'? The experiments are "
                        + String.join(", ", BuiltIn.names()),
                e.getMessage());
    }

    @Test
    void recordsWhatTheNotebooksPromise() {
        ExperimentConfig config = BuiltIn.load("supermassive-black-hole", List.of());
        long aRow = config.recording().tensors().stream()
                .mapToLong(tensor -> tensor.observable().valuesPerRow(128, 64)
                        * tensor.format().bytes())
                .sum();
        int rows = config.recording().rows(config.training().steps());
        assertEquals(10_001, rows);
        assertEquals(658, Math.round(rows * aRow / 1e6), "MB, as the notebook prints for its file");
    }

    private static ExperimentConfig expected(
            String name,
            Preparation preparation,
            InitializationConfig initialization,
            TrainingConfig training,
            Update update,
            RecordingConfig recording) {
        return new ExperimentConfig(
                name,
                BuiltIn.load(name, List.of()).title(),
                name,
                42,
                new CorpusConfig(null, preparation, false),
                new ModelConfig(128, 64, 2, 2, 128, ModelConfig.Norm.LAYER_NORM, true),
                initialization,
                training,
                PerturbationConfig.none(),
                new PrecisionConfig(Precision.BF16, Precision.BF16, Precision.BF16, Precision.BF16, update),
                recording);
    }

    private static TrainingConfig training(
            int steps, int batch, double weightDecay, LossScale lossScale, int logEvery) {
        return new TrainingConfig(
                steps,
                batch,
                1,
                new AdamW(),
                1e-3,
                new LinearDecay(),
                weightDecay,
                0.9,
                0.999,
                1e-8,
                1,
                Targets.DOUBLE_SHIFT,
                lossScale,
                logEvery);
    }

    private static List<Constant> constants(String... names) {
        return Stream.of(names).map(name -> Constants.ALL.get("", name)).toList();
    }

    private static RecordingConfig history(List<Constant> constants) {
        return new RecordingConfig(
                List.of(new RecordedTensor("embedding_history", Observables.EMBEDDINGS, Precision.BF16)),
                constants,
                1,
                Instant.AFTER,
                Layout.STREAM);
    }
}
