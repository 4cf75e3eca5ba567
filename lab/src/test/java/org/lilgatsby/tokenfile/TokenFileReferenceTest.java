package org.lilgatsby.tokenfile;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.databind.JsonNode;

/** Files as NumPy, safetensors, nanoGPT and llm.c write them; python/tokenizer/reference.py makes them. */
class TokenFileReferenceTest {
    @TempDir
    private Path directory;

    static Path folder() throws URISyntaxException {
        return Path.of(TokenFileReferenceTest.class
                .getResource("/reference/tokenizer/tokenfiles")
                .toURI());
    }

    static JsonNode json() throws IOException, URISyntaxException {
        return FiniteJson.mapper().build().readTree(Files.readString(folder().resolve("ids.json")));
    }

    static List<String> names() throws IOException, URISyntaxException {
        return List.copyOf(json().propertyNames());
    }

    static int[] ids(String name) throws IOException, URISyntaxException {
        return FiniteJson.mapper().build().convertValue(json().get(name), int[].class);
    }

    @ParameterizedTest
    @MethodSource("names")
    void idsAreThoseThatWereWritten(String name) throws IOException, URISyntaxException {
        Optional<String> tensor = name.equals("two.safetensors") ? Optional.of("train") : Optional.empty();
        TokenFile.Reading reading = new TokenFile.Reading(Optional.empty(), tensor);
        try (TokenFile file = TokenFile.open(folder().resolve(name), reading)) {
            int[] ids = ids(name);
            assertArrayEquals(ids, TokenFiles.ids(file));
            assertEquals(ids.length, file.length());
            assertEquals(ids[7], file.token(7));
            int[] some = {-1, -1, -1, -1};
            file.copy(38, some, 1, 2);
            assertArrayEquals(new int[] {-1, ids[38], ids[39], -1}, some);
            assertThrows(IndexOutOfBoundsException.class, () -> file.copy(39, some, 0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> file.copy(0, some, 3, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "saved.npy, NPY, U16, 40",
        "i4.npy, NPY, I32, 40",
        "blocks.npy, NPY, I32, 4 10",
        "int64.safetensors, SAFETENSORS, I64, 40",
        "nanogpt.bin, UINT16, U16, 40",
        "llmc-gpt2.bin, LLMC_UINT16, U16, 40",
        "llmc-llama3.bin, LLMC_UINT32, U32, 40"
    })
    void formatTypeAndShapeAreTold(String name, TokenFormat format, ElementType type, String shape)
            throws IOException, URISyntaxException {
        try (TokenFile file = TokenFiles.open(folder().resolve(name))) {
            assertEquals(format, file.format());
            assertEquals(type, file.type());
            assertEquals(
                    List.of(shape.split(" ")),
                    file.shape().stream().map(String::valueOf).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "saved.npy, NPY, 50257",
        "i4.npy, NPY, 65537",
        "nanogpt.bin, UINT16, 50257",
        "llmc-gpt2.bin, LLMC_UINT16, 65536",
        "llmc-llama3.bin, LLMC_UINT32, 128256"
    })
    void filesAreWrittenAsTheyAre(String name, TokenFormat format, int vocabulary)
            throws IOException, URISyntaxException {
        Path file = TokenFiles.write(directory.resolve(name), format, vocabulary, ids(name));
        assertArrayEquals(Files.readAllBytes(folder().resolve(name)), Files.readAllBytes(file));
    }

    @Test
    void theFormatCanBeNamed() throws IOException, URISyntaxException {
        Path file = Files.copy(folder().resolve("llmc-gpt2.bin"), directory.resolve("ids"));
        assertThrows(TokenFileException.class, () -> TokenFiles.open(file));
        for (TokenFormat format : List.of(TokenFormat.LLMC_UINT16, TokenFormat.UINT16)) {
            TokenFile.Reading reading = new TokenFile.Reading(Optional.of(format), Optional.empty());
            try (TokenFile read = TokenFile.open(file, reading)) {
                assertEquals(format == TokenFormat.UINT16 ? 552 : 40, read.length());
            }
        }
    }
}
