package org.lilgatsby.checkpoint;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.tokenizer.TokenTexts;

class HuggingFaceExportTest {
    private static final Gpt2Dimensions TIED = new Gpt2Dimensions(5, 3, 4, 1, 2, 1e-5, true);
    private static final Gpt2Dimensions UNTIED = new Gpt2Dimensions(5, 3, 4, 1, 2, 1e-5, false);

    private static final String CARD = "# A model\n";

    @TempDir
    private Path temporary;

    private static ExportedTensor tensor(DType dtype, String name, long... shape) {
        TensorSpec spec = TensorSpec.of(name, dtype, shape);
        return new ExportedTensor(spec, () -> {
            ByteBuffer bytes = ByteBuffer.allocate((int) spec.bytes());
            while (bytes.hasRemaining()) {
                bytes.put((byte) spec.name().length());
            }
            return bytes.flip();
        });
    }

    /** The tensors of a GPT-2 of width 4 with one block, listed one by one. */
    private static List<ExportedTensor> tensors(DType dtype) {
        String h = "transformer.h.0.";
        return new ArrayList<>(List.of(
                tensor(dtype, "transformer.wte.weight", 5, 4), tensor(dtype, "transformer.wpe.weight", 3, 4),
                tensor(dtype, h + "ln_1.weight", 4), tensor(dtype, h + "ln_1.bias", 4),
                tensor(dtype, h + "attn.c_attn.weight", 4, 12), tensor(dtype, h + "attn.c_attn.bias", 12),
                tensor(dtype, h + "attn.c_proj.weight", 4, 4), tensor(dtype, h + "attn.c_proj.bias", 4),
                tensor(dtype, h + "ln_2.weight", 4), tensor(dtype, h + "ln_2.bias", 4),
                tensor(dtype, h + "mlp.c_fc.weight", 4, 16), tensor(dtype, h + "mlp.c_fc.bias", 16),
                tensor(dtype, h + "mlp.c_proj.weight", 16, 4), tensor(dtype, h + "mlp.c_proj.bias", 4),
                tensor(dtype, "transformer.ln_f.weight", 4), tensor(dtype, "transformer.ln_f.bias", 4)));
    }

    private List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theConfigurationIsThisTextForText() throws IOException {
        Path directory = temporary.resolve("new/model");
        HuggingFaceExport.write(directory, TIED, tensors(DType.BF16), CARD, new TokenTexts.Bytes());
        assertEquals("""
                {
                  "activation_function": "gelu_new",
                  "architectures": ["GPT2LMHeadModel"],
                  "attn_pdrop": 0.0,
                  "bos_token_id": null,
                  "embd_pdrop": 0.0,
                  "eos_token_id": null,
                  "layer_norm_epsilon": 1.0E-5,
                  "model_type": "gpt2",
                  "n_embd": 4,
                  "n_head": 2,
                  "n_inner": null,
                  "n_layer": 1,
                  "n_positions": 3,
                  "resid_pdrop": 0.0,
                  "tie_word_embeddings": true,
                  "torch_dtype": "bfloat16",
                  "vocab_size": 5
                }
                """, Files.readString(directory.resolve("config.json")));
        assertEquals("""
                {
                  "bos_token_id": null,
                  "do_sample": true,
                  "eos_token_id": null,
                  "max_length": 3,
                  "pad_token_id": null
                }
                """, Files.readString(directory.resolve("generation_config.json")));
        assertEquals(CARD, Files.readString(directory.resolve("README.md")));
        List<String> others = List.of("original-tokenizer.json", "renumbering.json");
        assertEquals(
                HuggingFaceExport.files().stream()
                        .filter(name -> !others.contains(name))
                        .sorted()
                        .toList(),
                files(directory));
        assertEquals(List.of("model"), files(temporary.resolve("new")));
    }

    @Test
    void theMlpsWidthAndFunctionAreInTheConfiguration() throws IOException {
        Gpt2Dimensions narrow = new Gpt2Dimensions(5, 3, 4, 1, 2, 1e-5, true, "gelu", 7);
        assertRefused(
                "tensor transformer.h.0.mlp.c_fc.weight has shape [4, 16], but [4, 7] is expected",
                narrow,
                tensors(DType.F32));
        List<ExportedTensor> tensors = tensors(DType.F32);
        String h = "transformer.h.0.mlp.";
        tensors.set(10, tensor(DType.F32, h + "c_fc.weight", 4, 7));
        tensors.set(11, tensor(DType.F32, h + "c_fc.bias", 7));
        tensors.set(12, tensor(DType.F32, h + "c_proj.weight", 7, 4));
        Path directory = temporary.resolve("narrow");
        HuggingFaceExport.write(directory, narrow, tensors, CARD, new TokenTexts.Bytes());
        String config = Files.readString(directory.resolve("config.json"));
        assertTrue(config.contains("\"activation_function\": \"gelu\",") && config.contains("\"n_inner\": 7,"), config);
        assertThrows(IllegalArgumentException.class, () -> new Gpt2Dimensions(5, 3, 4, 1, 2, 1e-5, true, "relu", 7));
        assertThrows(IllegalArgumentException.class, () -> new Gpt2Dimensions(5, 3, 4, 1, 2, 1e-5, true, "gelu", 0));
    }

    @Test
    void whatIsExportedIsReadBack() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("model"));
        List<ExportedTensor> tensors = tensors(DType.F32);
        tensors.add(tensor(DType.F32, "lm_head.weight", 5, 4));
        HuggingFaceExport.write(directory, UNTIED, tensors, CARD, new TokenTexts.Bytes());
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            assertEquals("pt", file.metadata().get("format"));
            assertEquals(tensors.stream().map(ExportedTensor::spec).toList(), file.tensors());
            assertEquals(
                    0x16161616,
                    Float.floatToRawIntBits(
                            file.tensor("transformer.wpe.weight").toFloats()[11]));
        }
        try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
            assertEquals(
                    Optional.of(new PublishedConfig(
                            Optional.of("gpt2"), OptionalInt.of(5), OptionalInt.of(4), Optional.of(false))),
                    opened.config());
            EmbeddingMatrices matrices = opened.embeddings();
            assertEquals("lm_head.weight", matrices.head().orElseThrow().spec().name());
        }
    }

    @Test
    void whatIsNoGpt2IsRefusedBeforeAnythingIsWritten() throws IOException {
        List<ExportedTensor> incomplete = tensors(DType.F32);
        incomplete.removeLast();
        incomplete.add(tensor(DType.F32, "transformer.ln_f.scale", 4));
        assertRefused("missing [transformer.ln_f.bias], unexpected [transformer.ln_f.scale]", TIED, incomplete);
        assertRefused("missing [lm_head.weight], unexpected []", UNTIED, tensors(DType.F32));
        List<ExportedTensor> transposed = tensors(DType.F32);
        transposed.set(4, tensor(DType.F32, "transformer.h.0.attn.c_attn.weight", 12, 4));
        assertRefused(
                "tensor transformer.h.0.attn.c_attn.weight has shape [12, 4], but [4, 12] is expected",
                TIED,
                transposed);
        List<ExportedTensor> mixed = tensors(DType.F32);
        mixed.set(3, tensor(DType.BF16, "transformer.h.0.ln_1.bias", 4));
        assertRefused("all F32 or all BF16, but there are [BF16, F32]", TIED, mixed);
        assertRefused("all F32 or all BF16, but there are [F64]", TIED, tensors(DType.F64));
        List<ExportedTensor> twice = tensors(DType.F32);
        twice.add(twice.getFirst());
        assertRefused("two tensors are named \"transformer.wte.weight\"", TIED, twice);
        assertThrows(IllegalArgumentException.class, () -> new Gpt2Dimensions(5, 3, 4, 1, 3, 1e-5, true));
        assertThrows(IllegalArgumentException.class, () -> new Gpt2Dimensions(5, 3, 0, 1, 1, 1e-5, true));
    }

    private void assertRefused(String problem, Gpt2Dimensions dimensions, List<ExportedTensor> tensors)
            throws IOException {
        Path directory = temporary.resolve("model");
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> HuggingFaceExport.write(directory, dimensions, tensors, CARD, new TokenTexts.Bytes()))
                .getMessage();
        assertTrue(message.contains(problem), message);
        assertEquals(List.of(), files(temporary));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("model"));
        Files.writeString(directory.resolve("notes"), "mine");
        FileAlreadyExistsException e = assertThrows(
                FileAlreadyExistsException.class,
                () -> HuggingFaceExport.write(directory, TIED, tensors(DType.BF16), CARD, new TokenTexts.Bytes()));
        assertEquals(directory + ": already exists and is not overwritten", e.getMessage());
        assertEquals(List.of("notes"), files(directory));
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        assertThrows(
                FileAlreadyExistsException.class,
                () -> HuggingFaceExport.write(file, TIED, tensors(DType.BF16), CARD, new TokenTexts.Bytes()));
    }

    @Test
    void anExportThatWasKilledIsRepeated() throws IOException {
        Path partial = Files.createDirectory(temporary.resolve("model.partial"));
        Files.writeString(partial.resolve("model.safetensors"), "half");
        HuggingFaceExport.write(temporary.resolve("model"), TIED, tensors(DType.BF16), CARD, new TokenTexts.Bytes());
        assertEquals(List.of("model"), files(temporary));
    }
}
