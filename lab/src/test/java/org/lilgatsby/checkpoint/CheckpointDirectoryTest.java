package org.lilgatsby.checkpoint;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.checkpoint.Models.bf16;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;

class CheckpointDirectoryTest {
    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("model"));
    }

    private void config(String json) throws IOException {
        Files.writeString(directory.resolve("config.json"), json);
    }

    private void model(Models.Filled... tensors) throws IOException {
        Models.write(directory.resolve("model.safetensors"), tensors);
    }

    private void index(String json) throws IOException {
        Files.writeString(directory.resolve("model.safetensors.index.json"), json);
    }

    private String refused() {
        return assertThrows(CheckpointException.class, () -> {
                    try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
                        opened.embeddings();
                    }
                })
                .getMessage();
    }

    private record Found(List<String> names, boolean tied) {}

    private Found found() throws IOException {
        try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
            EmbeddingMatrices matrices = opened.embeddings();
            return new Found(
                    matrices.all().stream().map(view -> view.spec().name()).toList(), matrices.tied());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transformer.wte.weight",
                "wte.weight",
                "model.embed_tokens.weight",
                "gpt_neox.embed_in.weight",
                "embeddings.word_embeddings.weight",
                "language_model.model.embed_tokens.weight",
                "embeddings"
            })
    void embeddingsAreFoundByTheirUsualNames(String name) throws IOException {
        model(bf16("a.weight", 1, 5, 2), bf16(name, 2, 3, 2));
        assertEquals(new Found(List.of(name), true), found());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,     1, true
            -,     2, false
            true,  1, true
            true,  2, false
            false, 1, false
            false, 2, false
            """)
    void aStoredHeadCountsWhereItIsNotTheEmbeddings(String configured, int fill, boolean tied) throws IOException {
        model(bf16("model.embed_tokens.weight", 1, 3, 2), bf16("lm_head.weight", fill, 3, 2));
        config(configured == null ? "{}" : "{\"tie_word_embeddings\":" + configured + "}");
        List<String> expected =
                tied ? List.of("model.embed_tokens.weight") : List.of("model.embed_tokens.weight", "lm_head.weight");
        assertEquals(new Found(expected, tied), found());
    }

    @Test
    void aMissingHeadIsTiedUnlessTheConfigurationDeniesIt() throws IOException {
        model(bf16("wte.weight", 1, 3, 2));
        assertEquals(new Found(List.of("wte.weight"), true), found());
        config("{\"tie_word_embeddings\":false}");
        assertEquals(new Found(List.of("wte.weight"), false), found());
    }

    @Test
    void severalUsualNamesMustMeanTheSameMatrix() throws IOException {
        model(bf16("wte.weight", 1, 3, 2), bf16("shared.weight", 1, 3, 2));
        assertEquals(new Found(List.of("wte.weight"), true), found());
        model(bf16("wte.weight", 1, 3, 2), bf16("shared.weight", 2, 3, 2));
        assertEquals(
                directory
                        + ": \"wte.weight\" and \"shared.weight\" both have a usual name for an embedding "
                        + "matrix and differ; "
                        + "choose one with --tensor",
                refused());
        model(bf16("wte.weight", 1, 3, 2), bf16("shared.weight", 2, 5, 2));
        assertTrue(refused().contains("differ"));
        config("{\"vocab_size\":5}");
        assertEquals(new Found(List.of("shared.weight"), true), found());
        config("{\"vocab_size\":6}");
        assertTrue(refused().contains("\"wte.weight\" has 3 rows, but config.json says 6"));
    }

    @Test
    void theConfigurationIsRead() throws IOException {
        model(bf16("wte.weight", 1, 3, 2));
        config("""
                {"architectures":["X"],"model_type":"gpt2","n_embd":2,"vocab_size":3,"tie_word_embeddings":null,\
                "rope":{"a":[1,{}]}}""");
        try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
            assertEquals(
                    Optional.of(new PublishedConfig(
                            Optional.of("gpt2"), OptionalInt.of(3), OptionalInt.of(2), Optional.empty())),
                    opened.config());
            assertEquals("wte.weight", opened.embeddings().input().spec().name());
        }
        config("""
                {"model_type":"gemma3","text_config":{"model_type":"gemma3_text","vocab_size":3,"hidden_size":9,\
                "embedding_size":2,"tie_word_embeddings":false}}""");
        try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
            assertEquals(
                    Optional.of(new PublishedConfig(
                            Optional.of("gemma3"), OptionalInt.of(3), OptionalInt.of(2), Optional.of(false))),
                    opened.config());
        }
    }

    @Test
    void aShapeThatContradictsTheConfigurationIsRefusedUnlessNamed() throws IOException {
        model(bf16("wte.weight", 1, 3, 2));
        config("{\"vocab_size\":4}");
        assertEquals(
                directory + ": tensor \"wte.weight\" has 3 rows, but config.json says 4; "
                        + "name the tensor explicitly to read it all the same",
                refused());
        config("{\"vocab_size\":3,\"n_embd\":3}");
        assertTrue(refused().contains("has 2 columns, but config.json says 3"));
        try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
            assertEquals(
                    TensorSpec.of("wte.weight", DType.BF16, 3, 2),
                    opened.matrix("wte.weight").spec());
        }
    }

    @Test
    void anUnusualNameMustBeGiven() throws IOException {
        model(bf16("a", 1, 3, 2), bf16("b", 1, 3), new Models.Filled(TensorSpec.of("c", DType.I64, 1, 1), 0));
        assertEquals(
                directory + ": no tensor has a usual name for an embedding matrix; choose one with --tensor: "
                        + "there are \"a\" [3, 2]",
                refused());
        try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
            assertEquals(3, opened.tensors().size());
            assertEquals("a", opened.matrix("a").spec().name());
            for (String name : List.of("b", "c", "d")) {
                String message = assertThrows(CheckpointException.class, () -> opened.matrix(name))
                        .getMessage();
                assertTrue(message.contains("tensor \"" + name + "\""), message);
                assertTrue(message.endsWith("; there are \"a\" [3, 2]"), message);
            }
        }
    }

    @Test
    void aSingleFileIsACheckpoint() throws IOException {
        Path file = Models.write(temporary.resolve("any.safetensors"), bf16("embeddings", 1, 3, 2));
        try (CheckpointDirectory opened = CheckpointDirectory.open(file)) {
            assertEquals(Optional.empty(), opened.config());
            assertEquals(Optional.empty(), opened.vocabulary());
            assertArrayEquals(
                    new short[] {0x101, 0x101, 0x101, 0x101, 0x101, 0x101},
                    opened.embeddings().input().toShorts());
        }
        assertThrows(NoSuchFileException.class, () -> CheckpointDirectory.open(temporary.resolve("none")));
    }

    @Test
    void shardsAreOneModel() throws IOException {
        Models.write(
                directory.resolve("model-00001-of-00002.safetensors"),
                bf16("wte.weight", 1, 3, 2),
                bf16("unlisted", 9, 1));
        Models.write(
                directory.resolve("model-00002-of-00002.safetensors"),
                bf16("lm_head.weight", 2, 3, 2),
                bf16("wte.weight", 7, 1, 1));
        index("""
                {"metadata":{"total_size":24},"weight_map":{"lm_head.weight":"model-00002-of-00002.safetensors",\
                "wte.weight":"model-00001-of-00002.safetensors"}}""");
        assertEquals(new Found(List.of("wte.weight", "lm_head.weight"), false), found());
        try (CheckpointDirectory opened = CheckpointDirectory.open(directory)) {
            assertEquals(2, opened.tensors().size());
            TensorView wte = opened.matrix("wte.weight");
            assertEquals((short) 0x101, wte.toShorts()[5]);
        }
        model(bf16("wte.weight", 1, 1, 1));
        assertEquals(new Found(List.of("wte.weight"), true), found(), "one whole file comes before an index");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.safetensors",
                "/tmp/secret.safetensors",
                "a/../../secret.safetensors",
                "..",
                ".",
                "",
                "..\\\\secret.safetensors",
                "sub/shard.safetensors",
                "a\\u0000b"
            })
    void aShardOutsideTheDirectoryIsRefused(String shard) throws IOException {
        Models.write(temporary.resolve("secret.safetensors"), bf16("wte.weight", 1, 3, 2));
        index("{\"weight_map\":{\"wte.weight\":\"" + shard + "\"}}");
        assertTrue(
                refused().endsWith(" is not a plain file name; files outside the directory are not read"), refused());
    }

    @Test
    void anIndexThatContradictsItsFilesIsRefused() throws IOException {
        index("{\"weight_map\":{\"wte.weight\":\"a.safetensors\"}}");
        assertTrue(refused().endsWith("names the file \"a.safetensors\", which does not exist"), refused());
        Models.write(directory.resolve("a.safetensors"), bf16("other", 1, 3, 2));
        assertTrue(refused().endsWith("says that tensor \"wte.weight\" is in this file, but it is not"), refused());
        Files.writeString(directory.resolve("a.safetensors"), "{}");
        assertTrue(
                refused().endsWith("a.safetensors: the file has 2 bytes, but the header's length alone takes 8"),
                refused());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "tokenizer.json",
                "model.safetensors",
                "model.safetensors.index.json",
                "shard.safetensors"
            })
    void aLinkOutOfTheDirectoryIsRefused(String name) throws IOException {
        if (name.equals("shard.safetensors")) {
            index("{\"weight_map\":{\"wte.weight\":\"shard.safetensors\"}}");
        } else if (!name.startsWith("model.")) {
            model(bf16("wte.weight", 1, 3, 2));
        }
        Path outside = Models.write(temporary.resolve("outside"), bf16("wte.weight", 1, 3, 2));
        Files.createSymbolicLink(directory.resolve(name), outside);
        assertEquals(
                directory.toRealPath().resolve(name) + ": a symbolic link out of the model directory is not followed",
                refused());
        Files.delete(outside);
        assertTrue(refused().endsWith(": a broken symbolic link"), refused());
    }

    @Test
    void linksInsideTheDirectoryAreFollowed() throws IOException {
        Models.write(directory.resolve("weights"), bf16("wte.weight", 1, 3, 2));
        Files.createSymbolicLink(directory.resolve("model.safetensors"), Path.of("weights"));
        assertEquals(new Found(List.of("wte.weight"), true), found());
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
        try (CheckpointDirectory opened = CheckpointDirectory.open(link)) {
            assertEquals(1, opened.tensors().size());
        }
    }

    @Test
    void theHuggingFaceCacheKeepsItsContentsBesideTheSnapshots() throws IOException {
        Path blobs = Files.createDirectories(temporary.resolve("models--a--b/blobs"));
        directory = Files.createDirectories(temporary.resolve("models--a--b/snapshots/0123abcd"));
        Models.write(blobs.resolve("deadbeef"), bf16("wte.weight", 1, 3, 2));
        Files.createSymbolicLink(directory.resolve("model.safetensors"), Path.of("../../blobs/deadbeef"));
        assertEquals(new Found(List.of("wte.weight"), true), found());
        Path deeper = Files.createDirectories(blobs.resolve("deeper"));
        Models.write(deeper.resolve("deadbeef"), bf16("wte.weight", 1, 3, 2));
        Files.delete(directory.resolve("model.safetensors"));
        Files.createSymbolicLink(directory.resolve("model.safetensors"), Path.of("../../blobs/deeper/deadbeef"));
        assertTrue(refused().endsWith("is not followed"), refused());
    }

    @Test
    void aDirectoryWithoutWeightsIsNoModel() {
        assertEquals(directory + ": neither model.safetensors nor model.safetensors.index.json is there", refused());
    }
}
