package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.random.TorchGenerator;
import tools.jackson.databind.JsonNode;

class InitializationTest {
    private static final ModelConfig MODEL = ReferenceData.MODEL;
    private final Gpt2Layout layout = new Gpt2Layout(MODEL);

    private static InitialState draw(Initialization mode, double sigma, Precision format, long seed) {
        return Models.draw(MODEL, new InitializationConfig(mode, mode.usualScale(), sigma), format, seed);
    }

    private float[] row(InitialState state, int id) {
        int at = layout.wte().at() + id * MODEL.width();
        return Arrays.copyOfRange(state.parameters(), at, at + MODEL.width());
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 1601})
    void constructsTheParametersThatPyTorchDraws(long seed) throws IOException {
        JsonNode expected = ReferenceData.json("torch-random.json").get("seeds").get(Long.toString(seed));
        InitialState state = draw(new Normal(), 0, Precision.F32, seed);
        for (ParameterTensor tensor : layout.tensors()) {
            JsonNode first =
                    expected.get("gpt2_parameters_first8").get(tensor.name().replace("transformer.", ""));
            for (int i = 0; i < first.size(); i++) {
                int bits = Integer.parseUnsignedInt(first.get(i).asString(), 16);
                int actual = Float.floatToRawIntBits(state.parameters()[tensor.at() + i]);
                int at = i;
                assertTrue(Math.abs(bits - actual) <= 1, () -> "seed " + seed + " " + tensor.name() + "[" + at + "]");
            }
        }
        InitialState singular = draw(new Singular(), 0, Precision.F32, seed);
        JsonNode vector = expected.get("gpt2_then_randn_64");
        for (int i = 0; i < 64; i++) {
            int bits = Integer.parseUnsignedInt(vector.get(i).asString(), 16);
            assertTrue(Math.abs(bits - Float.floatToRawIntBits(singular.common()[i])) <= 1);
        }
    }

    @Test
    void theSnowballOfTheNotebookHas21RowsAnd15BlackHolesOf122Tokens() {
        InitialState state = draw(new Snowball(), 1e-5, Precision.BF16, 42);
        Map<String, Integer> groups = new TreeMap<>();
        for (int id = 0; id < 128; id++) {
            groups.merge(Arrays.toString(row(state, id)), 1, Integer::sum);
        }
        assertEquals(21, groups.size());
        assertEquals(15, groups.values().stream().filter(n -> n >= 2).count());
        assertEquals(
                122,
                groups.values().stream().filter(n -> n >= 2).mapToInt(n -> n).sum());
        double norm = 0;
        for (float v : state.common()) {
            norm += (double) v * v;
        }
        assertEquals(8.201394, Math.sqrt(norm), 2e-6);
    }

    @Test
    void singularRowsAreAllTheSameVector() {
        InitialState state = draw(new Singular(), 0, Precision.BF16, 42);
        for (int id = 1; id < 128; id++) {
            assertArrayEquals(row(state, 0), row(state, id));
        }
    }

    @Test
    void unitNoiseKeepsTheFloat32StageForTheReport() {
        InitialState state = draw(new UnitNoise(), 1e-5, Precision.BF16, 42);
        double norm = 0;
        for (float v : state.common()) {
            norm += (double) v * v;
        }
        assertEquals(1, Math.sqrt(norm), 1e-6);
        Set<Float> spread = new HashSet<>();
        for (int id = 0; id < 128; id++) {
            float drawn = state.embeddings()[id * 64];
            spread.add(drawn);
            assertEquals(state.common()[0], drawn, 1e-4f);
            assertEquals(Bf16.round(drawn), row(state, id)[0]);
        }
        assertTrue(spread.size() > 100, "the noise is there before rounding");
    }

    @Test
    void bf16NativeHasNoFloat32Stage() {
        InitialState perfect = draw(new Bf16Native(), 0, Precision.F32, 42);
        InitialState cloud = draw(new Bf16Native(), 1e-3, Precision.F32, 42);
        for (int id = 0; id < 128; id++) {
            assertArrayEquals(perfect.common(), row(perfect, id));
            for (float value : row(cloud, id)) {
                assertTrue(Bf16.isRounded(value));
            }
        }
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float v : vector) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum);
    }

    @Test
    void aUnitVectorHasTheDirectionOfTheOtherAndTheLengthThatScaleSays() {
        float[] drawn = draw(new Singular(), 0, Precision.F32, 42).common();
        float[] unit = draw(new UnitSingular(), 0, Precision.F32, 42).common();
        assertEquals(1, length(unit), 1e-6);
        for (int i = 0; i < drawn.length; i++) {
            assertEquals(drawn[i] / length(drawn), unit[i], 1e-7);
        }
        InitialState longer = Models.draw(MODEL, new InitializationConfig(new UnitSingular(), 3, 0), Precision.F32, 42);
        assertEquals(3, length(longer.common()), 3e-6);
        for (int id = 0; id < 128; id++) {
            assertArrayEquals(longer.common(), row(longer, id));
        }
    }

    @Test
    void unitBf16NativeRoundsTheUnitVectorAndTheNoiseBeforeTheyAreAdded() {
        InitialState perfect = draw(new UnitBf16Native(), 0, Precision.F32, 42);
        assertEquals(1, length(perfect.common()), 0.004);
        TorchGenerator generator = new TorchGenerator(42);
        float[] common = generator.randn(64);
        float norm = (float) length(common);
        float[] noise = generator.randn(128 * 64);
        InitialState cloud = draw(new UnitBf16Native(), 1e-3, Precision.F32, 42);
        for (int id = 0; id < 128; id++) {
            assertArrayEquals(perfect.common(), row(perfect, id));
            for (int i = 0; i < 64; i++) {
                float base = Bf16.round(common[i] / norm);
                float added = Bf16.round(noise[id * 64 + i] * 1e-3f);
                assertEquals(base, perfect.common()[i]);
                assertEquals(Bf16.round(base + added), row(cloud, id)[i]);
            }
        }
    }

    @Test
    void everyValueIsStoredAsAsked() {
        for (float value : draw(new Normal(), 0, Precision.BF16, 7).parameters()) {
            assertTrue(Bf16.isRounded(value));
        }
    }

    @Test
    void anUntiedHeadIsDrawnLast() {
        ModelConfig untied = new ModelConfig(128, 64, 2, 2, 128, ModelConfig.Norm.RMS_NORM, false);
        InitialState state = Models.draw(untied, new InitializationConfig(new Normal(), 0.02, 0), Precision.F32, 42);
        ParameterTensor head = new Gpt2Layout(untied).head();
        double sum = 0;
        for (int i = head.at(); i < head.end(); i++) {
            sum += state.parameters()[i] * state.parameters()[i];
        }
        assertEquals(0.02, Math.sqrt(sum / head.size()), 0.001);
        assertEquals(untied.parameterCount(), state.parameters().length - CacheLine.ALIGNED_OFFSET);
    }

    @ParameterizedTest
    @EnumSource(InitializationConfig.Blocks.class)
    void embeddingsDrawnAloneAreThoseOfTheWholeModel(InitializationConfig.Blocks blocks) {
        for (Initialization mode : Initialization.catalog().all()) {
            if (mode.readsFile()) {
                continue;
            }
            InitializationConfig how = new InitializationConfig(
                    mode,
                    0.5,
                    mode.hasNoise() ? 1e-3 : 0,
                    blocks,
                    InitializationConfig.USUAL_POSITIONS,
                    Optional.empty());
            InitialState whole = Models.draw(MODEL, how, Precision.BF16, 42, 3);
            InitialState alone = Models.drawEmbeddings(MODEL, how, Precision.BF16, 42, 3);
            assertArrayEquals(whole.embeddings(), alone.embeddings(), mode.name());
            assertArrayEquals(whole.storedEmbeddings(), alone.storedEmbeddings(), mode.name());
            assertArrayEquals(whole.common(), alone.common(), mode.name());
            assertEquals(whole.generator(), alone.generator(), mode.name());
            for (ParameterTensor tensor : layout.tensors()) {
                assertEquals(
                        tensor != layout.wte(),
                        Float.isNaN(alone.parameters()[tensor.at()]),
                        () -> mode.name() + " " + tensor.name());
            }
        }
    }
}
