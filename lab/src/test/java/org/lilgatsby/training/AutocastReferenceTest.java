package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.Normal;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.settings.SettingException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What autocast rounds, against a trace of PyTorch's own operations. */
class AutocastReferenceTest {
    private static final PrecisionConfig AUTOCAST = new PrecisionConfig(
            Precision.F32,
            Precision.F32,
            Precision.F32,
            PrecisionConfig.Compute.AUTOCAST,
            PrecisionConfig.Update.FUSED);

    private static JsonNode trace(boolean tied) throws IOException {
        try (InputStream in = AutocastReferenceTest.class.getResourceAsStream("/reference/autocast/autocast.json")) {
            return JsonMapper.shared().readTree(in).get(tied ? "tied" : "untied");
        }
    }

    /** By parameter, what the values of its gradient are after a step. */
    private static Map<String, String> gradients(boolean tied) {
        TrainingConfig training = new TrainingConfig(
                1,
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
        ModelConfig model = new ModelConfig(128, 18, 2, 3, 13, ModelConfig.Norm.LAYER_NORM, tied);
        Batches batches = new Batches(
                new CorpusLoader(new CorpusCache(Path.of("no-cache")))
                        .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), 128),
                13,
                3,
                7);
        Map<String, String> found = new TreeMap<>();
        try (Trainer trainer = new Trainer(
                training,
                model,
                AUTOCAST,
                new ScalarKernels(),
                Models.draw(model, new InitializationConfig(new Normal(), 0.02, 0), Precision.F32, 7),
                batches,
                1,
                List.of())) {
            trainer.step();
            for (ParameterTensor tensor : trainer.layout().tensors()) {
                boolean rounded = IntStream.range(tensor.at(), tensor.end())
                        .allMatch(i -> Bf16.isRounded(trainer.gradients()[i]));
                found.put(tensor.name(), rounded ? "bfloat16" : "float32");
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientsAreBf16WherePyTorchCastsThemBack(boolean tied) throws IOException {
        Map<String, String> expected = new TreeMap<>();
        trace(tied).get("gradients").forEachEntry((name, format) -> expected.put(name, format.asString()));
        assertEquals(expected, gradients(tied));
    }

    private static Stream<String> operations(String pass, String name) throws IOException {
        return trace(true)
                .get(pass)
                .valueStream()
                .filter(operation -> operation.get(0).asString().startsWith("aten." + name + "."))
                .map(operation -> operation.get(1) + " -> " + operation.get(2));
    }

    /** The rows of the table in docs/numerics.md, section 2, as PyTorch's operations show them. */
    @Test
    void theTraceIsWhatTheDocumentSays() throws IOException {
        String stream = "[\"float32\",\"bfloat16\"] -> [\"float32\"]";
        assertEquals(
                List.of("[\"float32\",\"float32\"] -> [\"float32\"]", stream, stream, stream, stream),
                operations("forward", "add").toList(),
                "embeddings and positions, then the residual stream");
        for (String products : List.of("addmm", "mm", "gelu", "_scaled_dot_product_flash_attention_for_cpu")) {
            assertTrue(
                    operations("forward", products)
                            .allMatch(types -> types.startsWith("[\"bfloat16\"") && types.contains("-> [\"bfloat16\"")),
                    products);
            assertTrue(operations("forward", products).findAny().isPresent(), products);
        }
        for (String wide : List.of("embedding", "native_layer_norm", "_log_softmax", "nll_loss_forward")) {
            assertTrue(operations("forward", wide).noneMatch(types -> types.contains("bfloat16")), wide);
            assertTrue(operations("forward", wide).findAny().isPresent(), wide);
        }
        for (String wide : List.of("add", "native_layer_norm_backward", "_log_softmax_backward_data")) {
            assertTrue(operations("backward", wide).noneMatch(types -> types.contains("bfloat16")), wide);
            assertTrue(operations("backward", wide).findAny().isPresent(), wide);
        }
        for (String products : List.of("mm", "gelu_backward")) {
            assertTrue(operations("backward", products).noneMatch(types -> types.contains("float32")), products);
            assertTrue(operations("backward", products).findAny().isPresent(), products);
        }
    }

    @Test
    void aModelThatIsBf16HasNoAutocast() {
        String message = assertThrows(
                        SettingException.class,
                        () -> new PrecisionConfig(
                                Precision.BF16,
                                Precision.F32,
                                Precision.F32,
                                PrecisionConfig.Compute.AUTOCAST,
                                PrecisionConfig.Update.FUSED))
                .getMessage();
        assertTrue(message.contains("set precision.parameters=f32, or precision.compute=bf16"), message);
    }
}
