package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.model.InitializationConfig.Blocks;
import tools.jackson.databind.JsonNode;

/**
 * Every parameter against PyTorch's own modules, bit for bit; {@code python/model/initialization.py} makes the data.
 */
class EncoderLayersTest {
    static Stream<JsonNode> cases() throws IOException {
        JsonNode all = ReferenceData.json("model/encoder.json");
        return IntStream.range(0, all.size()).mapToObj(all::get);
    }

    private static ModelConfig model(JsonNode settings) {
        return new ModelConfig(
                settings.get("vocabulary").asInt(),
                settings.get("width").asInt(),
                settings.get("layers").asInt(),
                settings.get("heads").asInt(),
                settings.get("context").asInt(),
                ModelConfig.Norm.LAYER_NORM,
                settings.get("tied").asBoolean(),
                ModelConfig.Activation.GELU,
                settings.get("ffn").asInt(),
                settings.get("biases").asBoolean());
    }

    private static InitialState draw(JsonNode settings, Initialization mode, double scale) {
        InitializationConfig how = new InitializationConfig(
                mode,
                scale,
                0,
                settings.get("cloned").asBoolean() ? Blocks.CLONED_ENCODER_LAYERS : Blocks.ENCODER_LAYERS,
                settings.get("positions").asDouble(),
                Optional.empty());
        return Models.draw(
                model(settings), how, Precision.F32, settings.get("seed").asLong());
    }

    private static String sha256(float[] values, ParameterTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, tensor.at(), tensor.size());
        return Sha256.of(bytes.array());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyParameterHasTheBitsOfPyTorch(JsonNode reference) {
        JsonNode settings = reference.get("settings");
        InitialState state = draw(settings, new Normal(), settings.get("tokens").asDouble());
        int compared = 0;
        for (ParameterTensor tensor : Models.layout(model(settings)).tensors()) {
            JsonNode expected = reference.get("parameters").get(tensor.name());
            if (tensor.name().startsWith("transformer.ln_f")) {
                continue; // encoder layers have none after the last
            }
            compared++;
            for (int i = 0; i < expected.get("first").size(); i++) {
                float bits = Float.intBitsToFloat(
                        Integer.parseUnsignedInt(expected.get("first").get(i).asString(), 16));
                assertEquals(bits, state.parameters()[tensor.at() + i], tensor.name() + "[" + i + "]");
            }
            assertEquals(expected.get("sha256").asString(), sha256(state.parameters(), tensor), tensor.name());
        }
        assertEquals(reference.get("parameters").size(), compared);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wHasItsOwnStartBesideThatOfTheBlocks(JsonNode reference) {
        JsonNode settings = reference.get("settings");
        InitialState normal =
                draw(settings, new Normal(), settings.get("tokens").asDouble());
        InitialState point = draw(settings, new Singular(), 1);
        for (ParameterTensor tensor : Models.layout(model(settings)).tensors()) {
            if (tensor.name().equals("transformer.wte.weight")) {
                assertFalse(sha256(normal.parameters(), tensor).equals(sha256(point.parameters(), tensor)));
            } else {
                assertEquals(sha256(normal.parameters(), tensor), sha256(point.parameters(), tensor), tensor.name());
            }
        }
    }
}
