package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.InitializationConfig.Blocks;
import org.lilgatsby.settings.SettingException;

/** W from files that NumPy and safetensors wrote; {@code python/model/matrices.py} makes them. */
class EmbeddingFileTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 4;
    private static final ModelConfig MODEL = new ModelConfig(ROWS, COLUMNS, 1, 2, 3, ModelConfig.Norm.LAYER_NORM, true);

    @TempDir
    Path folder;

    private static Path file(String name) throws URISyntaxException {
        return Path.of(
                EmbeddingFileTest.class.getResource("/reference/model/" + name).toURI());
    }

    private static EmbeddingFile of(Path file, String tensor) {
        return EmbeddingFile.of(file.toString(), Optional.ofNullable(tensor));
    }

    private static float expected(int i) {
        return (float) ((7 * (i / COLUMNS) - 3 * (i % COLUMNS)) / 8.0 + 1 / 3.0);
    }

    @ParameterizedTest
    @CsvSource({
        "w-float32.npy,, float32",
        "w-float16.npy,, float16",
        "w-bfloat16.npy,, bfloat16",
        "w.safetensors, w, bfloat16",
        "w.safetensors, w32, float32"
    })
    void theValuesAreThoseOfTheFile(String name, String tensor, String type) throws URISyntaxException {
        float[] values = of(file(name), tensor).read(ROWS, COLUMNS);
        assertEquals(ROWS * COLUMNS, values.length);
        for (int i = 0; i < values.length; i++) {
            float w = expected(i);
            float stored = switch (type) {
                case "bfloat16" -> Bf16.round(w);
                case "float16" -> Float.float16ToFloat(Float.floatToFloat16(w));
                default -> w;
            };
            assertEquals(stored, values[i], type + " " + i);
        }
    }

    @Test
    void aModelStartsWithIt() throws URISyntaxException {
        EmbeddingFile w = of(file("w-float32.npy"), null);
        InitialState state = Models.draw(MODEL, config(w, 1), Precision.BF16, 42);
        InitialState doubled = Models.draw(MODEL, config(w, 2), Precision.F32, 42);
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            assertEquals(expected(i), state.embeddings()[i], "as read");
            assertEquals(Bf16.round(expected(i)), state.storedEmbeddings()[i], "rounded once");
            assertEquals(2 * expected(i), doubled.storedEmbeddings()[i], "times scale");
        }
        InitialState drawn = Models.draw(MODEL, new InitializationConfig(new Normal(), 0.02, 0), Precision.BF16, 42);
        ParameterTensor wpe =
                Models.layout(MODEL).find("transformer.wpe.weight").orElseThrow();
        assertArrayEquals(
                Arrays.copyOfRange(drawn.parameters(), wpe.at(), drawn.parameters().length),
                Arrays.copyOfRange(state.parameters(), wpe.at(), state.parameters().length),
                "all else is drawn as ever");
    }

    private static InitializationConfig config(EmbeddingFile file, double scale) {
        return new InitializationConfig(new FromFile(), scale, 0, Blocks.GPT2, 0.02, Optional.of(file));
    }

    @Test
    void aFileThatChangedSinceIsRefused() throws IOException, URISyntaxException {
        Path copy = Files.copy(file("w-float32.npy"), folder.resolve("w.npy"));
        EmbeddingFile w = of(copy, null);
        byte[] bytes = Files.readAllBytes(copy);
        bytes[bytes.length - 1] ^= 1;
        Files.write(copy, bytes);
        String message = refusal(w);
        assertTrue(
                message.contains(w.sha256()) && message.contains(of(copy, null).sha256()), message);
        Files.delete(copy);
        assertTrue(refusal(w).endsWith("there is no such file"), refusal(w));
    }

    private static String refusal(EmbeddingFile file) {
        return assertThrows(SettingException.class, () -> file.read(ROWS, COLUMNS))
                .getMessage();
    }

    @Test
    void whatIsNotWSaysWhy() throws URISyntaxException {
        assertTrue(refusal(of(file("w-fortran.npy"), null)).endsWith("save numpy.ascontiguousarray of it"));
        assertTrue(refusal(of(file("w.safetensors"), null))
                .endsWith("has 4 tensors; name the one that is W with initialization.tensor"));
        assertTrue(refusal(of(file("w.safetensors"), "v")).contains("has no tensor \"v\"; did you mean w?"));
        assertTrue(refusal(of(file("w.safetensors"), "ids")).endsWith("ids is I32; W can be F32, BF16 or F16"));
        assertTrue(refusal(of(file("w.safetensors"), "other"))
                .endsWith("other has shape [3, 3], but model.vocabulary x model.width is [5, 4]"));
        assertThrows(SettingException.class, () -> of(folder.resolve("absent"), null));
        assertThrows(SettingException.class, () -> of(folder, null));
        SettingException twice = assertThrows(SettingException.class, () -> of(file("w-float32.npy"), "w"));
        assertEquals("initialization.tensor", twice.key());
    }

    @ParameterizedTest
    @CsvSource({"w-float32.npy,", "w.safetensors, w"})
    void aDamagedFileIsReadOrRefusedButNeverMore(String name, String tensor) throws IOException, URISyntaxException {
        byte[] whole = Files.readAllBytes(file(name));
        Path damaged = folder.resolve(name);
        SplittableRandom random = new SplittableRandom(25);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bytes = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int j = 0; j < 3 && bytes.length > 0; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(damaged, bytes);
            try {
                assertEquals(ROWS * COLUMNS, of(damaged, tensor).read(ROWS, COLUMNS).length);
            } catch (SettingException e) {
                refused++;
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            }
        }
        assertTrue(refused > 100, "refused " + refused);
    }

    @Test
    void aHeaderThatNumpyWouldNotWriteIsRefused() throws IOException {
        for (String header : new String[] {
            "{'descr': '<f8', 'fortran_order': False, 'shape': (5, 4), }",
            "{'descr': '>f4', 'fortran_order': False, 'shape': (5, 4), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (20,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (5, 4), }" + "x",
            ""
        }) {
            byte[] text = header.getBytes(StandardCharsets.US_ASCII);
            byte[] bytes = new byte[10 + text.length + 80];
            byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
            System.arraycopy(start, 0, bytes, 0, start.length);
            System.arraycopy(text, 0, bytes, start.length, text.length);
            assertEquals(
                    1,
                    refusal(of(Files.write(folder.resolve("w.npy"), bytes), null))
                            .lines()
                            .count());
        }
    }
}
