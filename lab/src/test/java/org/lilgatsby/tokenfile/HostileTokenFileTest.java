package org.lilgatsby.tokenfile;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;

/** Everything that can be wrong in a file of token ids. */
class HostileTokenFileTest {
    @TempDir
    private Path directory;

    private String refused(String name, byte[] content) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        String message = assertThrows(TokenFileException.class, () -> TokenFiles.open(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring(file.toString().length() + 2);
    }

    private static byte[] npy(int major, String dictionary, byte... data) {
        byte[] text = dictionary.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NpyHeader.MAGIC).put((byte) major).put((byte) 0);
        if (major == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text).put(data);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {'descr': '<f4', 'fortran_order': False, 'shape': (1,), } | \
                the array's type is "<f4"; token ids are whole numbers of 1, 2, 4 or 8 bytes, such as <u2 or <i4
            {'descr': '>i4', 'fortran_order': False, 'shape': (1,), } | \
                the array's type is ">i4", big-endian; save it as astype('<i4')
            {'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)} | \
                the array holds records; save one column of whole numbers
            {'descr': '<i4', 'fortran_order': True, 'shape': (1, 1), } | \
                the array [1, 1] is in Fortran order; save numpy.ascontiguousarray of it
            {'descr': '<i4', 'fortran_order': False, 'shape': (), } | \
                the array is a single number; save one of one or more dimensions
            {'descr': '<i4', 'fortran_order': False, 'shape': (0,), } | \
                0 ids of 4 bytes take 0 bytes, but 4 follow the header
            {'descr': '<i4', 'fortran_order': False, 'shape': (2,), } | \
                2 ids of 4 bytes take 8 bytes, but 4 follow the header
            {'descr': '<i2', 'fortran_order': False, 'shape': (1,), } | \
                1 ids of 2 bytes take 2 bytes, but 4 follow the header
            {'descr': '<i8', 'fortran_order': False, 'shape': (4611686018427387904, 8), } | \
                an array of [4611686018427387904, 8] ids is too large
            {'descr': '<i4', 'fortran_order': False, 'shape': (9223372036854775808,), } | \
                the header is invalid at its character 69: a dimension is above 2^63-1
            {'descr': '<i4', 'fortran_order': False, 'shape': (-1,), } | \
                the header is invalid at its character 51: shape holds something other than whole numbers
            {'descr': '<i4', 'fortran_order': False, 'shape': (1), } | \
                the header is invalid at its character 52: shape is a number in parentheses, not a tuple
            {'descr': '<i4', 'fortran_order': 0, 'shape': (1,), } | \
                the header is invalid at its character 34: fortran_order is neither True nor False
            {'descr': '<i4', 'fortran_order': False} | \
                the header is invalid at its character 40: key shape is missing
            {'descr': '<i4', 'descr': '<i4'} | \
                the header is invalid at its character 31: key "descr" twice
            {'x': 1} | \
                the header is invalid at its character 5: unknown key "x"
            {'descr: } | \
                the header is invalid at its character 1: text that does not end, or has a backslash
            {'descr': '<i4', 'fortran_order': False, 'shape': (1,), } 1 | \
                the header is invalid at its character 58: the dictionary is followed by other data
            __import__('os').system('x') | \
                the header is invalid at its character 0: '{' is missing
            """)
    void headersOfNumpyThatAreWrongAreRefused(String dictionary, String problem) throws IOException {
        for (int major : new int[] {1, 2, 3}) {
            assertEquals(problem, refused("a.npy", npy(major, dictionary, (byte) 1, (byte) 0, (byte) 0, (byte) 0)));
        }
    }

    @Test
    void startsOfNumpyThatAreWrongAreRefused() throws IOException {
        assertEquals("does not begin with \\x93NUMPY, like a .npy file", refused("a.npy", new byte[0]));
        assertEquals("does not begin with \\x93NUMPY, like a .npy file", refused("a.npy", new byte[200]));
        assertEquals(
                "the array's type is \"|O\"; token ids are whole numbers of 1, 2, 4 or 8 bytes, such as <u2 or <i4",
                refused("a.npy", npy(1, "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }")));
        byte[] start = npy(4, "{}");
        assertEquals("is of version 4.0 of .npy; supported are 1.0, 2.0 and 3.0", refused("a.npy", start));
        byte[] large = npy(2, "{}");
        large[11] = (byte) 0xFF;
        assertEquals("the header has 4278190082 bytes; at most 65536 are read", refused("a.npy", large));
        byte[] longer = npy(1, "{}");
        longer[9] = 1;
        assertEquals("ends inside the header", refused("a.npy", longer));
        assertEquals("the header is not UTF-8", refused("a.npy", npy(3, "{'d\u00ff': 1}")));
    }

    static List<String> names() throws IOException, URISyntaxException {
        return TokenFileReferenceTest.names();
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved.npy", "version2.npy", "int32.safetensors", "llmc-gpt2.bin", "llmc-llama3.bin"})
    void everyTruncationIsRefused(String name) throws IOException, URISyntaxException {
        byte[] whole = Files.readAllBytes(TokenFileReferenceTest.folder().resolve(name));
        for (int length = 0; length < whole.length; length++) {
            // Without its magic number, a .bin file of an even length is one of nanoGPT's.
            if (!name.endsWith(".bin") || length >= 4 || length % 2 == 1) {
                refused(name, Arrays.copyOf(whole, length));
            }
        }
        refused(name, Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void binFilesThatAreWrongAreRefused() throws IOException {
        assertEquals("has no token ids", refused("a.bin", new byte[0]));
        assertEquals("has 3 bytes, an odd number, but ids of 16 bits take two each", refused("a.bin", new byte[3]));
        ByteBuffer header = ByteBuffer.allocate(1028).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(20240520).putInt(2).putInt(2);
        assertEquals(
                "is of version 2 of llmc-uint16; only version 1 is supported; if it is a file without a header "
                        + "that begins with the magic number by chance, name the format uint16",
                refused("a.bin", header.array()));
        header.putInt(4, 1).putInt(8, -1);
        assertEquals("the header announces -1 ids of 2 bytes, but 4 bytes follow it", refused("a.bin", header.array()));
        header.putInt(8, 1);
        assertEquals("the header announces 1 ids of 2 bytes, but 4 bytes follow it", refused("a.bin", header.array()));
        assertEquals(
                "has 12 bytes, but llm.c's header alone has 1024", refused("a.bin", Arrays.copyOf(header.array(), 12)));
        Path file = Files.write(directory.resolve("b.bin"), header.array());
        assertEquals(
                file + ": begins with 20240520, but the magic number of llmc-uint32 is 20240801",
                assertThrows(
                                TokenFileException.class,
                                () -> TokenFile.open(
                                        file,
                                        new TokenFile.Reading(Optional.of(TokenFormat.LLMC_UINT32), Optional.empty())))
                        .getMessage());
    }

    @Test
    void safetensorsWithoutIdsAreRefused() throws IOException {
        assertEquals(
                "has 0 tensors of whole numbers; name one of \"a\" F32",
                refused("a.safetensors", safetensors(TensorSpec.of("a", DType.F32, 1))));
        assertEquals(
                "has 2 tensors of whole numbers; name one of \"b\" I64, \"a\" I32",
                refused(
                        "a.safetensors",
                        safetensors(TensorSpec.of("a", DType.I32, 1), TensorSpec.of("b", DType.I64, 1))));
        assertEquals("has no token ids", refused("a.safetensors", safetensors(TensorSpec.of("a", DType.I32, 0))));
        Path file = Files.write(directory.resolve("b.safetensors"), safetensors(TensorSpec.of("a", DType.F32, 1)));
        assertEquals(file + ": tensor \"a\" is F32; token ids are whole numbers, such as I32 or U16", named(file, "a"));
        assertEquals(file + ": no tensor \"b\"; it has \"a\" F32", named(file, "b"));
    }

    private static String named(Path file, String tensor) {
        TokenFile.Reading reading = new TokenFile.Reading(Optional.empty(), Optional.of(tensor));
        return assertThrows(TokenFileException.class, () -> TokenFile.open(file, reading))
                .getMessage();
    }

    private byte[] safetensors(TensorSpec... specs) throws IOException {
        Path file = directory.resolve("made.safetensors");
        Files.deleteIfExists(file);
        SafetensorsWriter.writeWhole(
                file,
                SafetensorsLayout.of(List.of(specs), Map.of()),
                Arrays.stream(specs)
                        .map(spec -> ByteBuffer.allocate((int) spec.bytes()))
                        .toList());
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @CsvSource({
        "i4, -1, FF FF FF FF",
        "i4, 2147483647, FF FF FF 7F",
        "u4, 4294967295, FF FF FF FF",
        "i1, -128, 80",
        "i8, 4294967296, 00 00 00 00 01 00 00 00",
        "u8, 18446744073709551615, FF FF FF FF FF FF FF FF",
        "i2, -2, FE FF"
    })
    void numbersThatAreNoIdsAreRefusedWithTheirPlace(String type, String shown, String bytes) throws IOException {
        byte[] id = HexFormat.ofDelimiter(" ").parseHex(bytes);
        byte[] data = new byte[3 * id.length];
        System.arraycopy(id, 0, data, 2 * id.length, id.length);
        String dictionary = "{'descr': '<%s', 'fortran_order': False, 'shape': (3,), }".formatted(type);
        Path path = Files.write(directory.resolve("a.npy"), npy(1, dictionary, data));
        try (TokenFile file = TokenFiles.open(path)) {
            int[] two = new int[2];
            file.copy(0, two, 0, 2);
            String expected = "%s: id 2 is %s; ids are whole numbers from 0 to 2147483646".formatted(path, shown);
            assertEquals(
                    expected,
                    assertThrows(UncheckedIOException.class, () -> file.copy(1, two, 0, 2))
                            .getCause()
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(TokenFileException.class, () -> TokenCensus.of(file, 10, 2, _ -> {}))
                            .getMessage());
        }
    }

    @Test
    void onlyFilesWithAKnownNameAreOpened() throws IOException {
        assertThrows(TokenFileException.class, () -> TokenFiles.open(directory));
        assertThrows(NoSuchFileException.class, () -> TokenFiles.open(directory.resolve("none.npy")));
        assertEquals(
                "its name does not tell the format of its token ids; end it in .safetensors, .npy or .bin, or "
                        + "name the format",
                refused("a.txt", new byte[2]));
    }

    @Property(tries = 300)
    void aMutatedFileIsReadOrRefused(@ForAll long seed) throws IOException, URISyntaxException {
        Random random = new Random(seed);
        List<String> names = names();
        String name = names.get(random.nextInt(names.size()));
        byte[] bytes = Files.readAllBytes(TokenFileReferenceTest.folder().resolve(name));
        for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
            bytes[random.nextInt(Math.min(bytes.length, 140))] = (byte) random.nextInt(256);
        }
        Path file = Files.write(Files.createTempFile("mutated", name), bytes);
        try (TokenFile read = TokenFiles.open(file)) {
            assertTrue(read.length() * read.type().bytes() <= bytes.length);
            TokenFiles.ids(read);
        } catch (TokenFileException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        } catch (UncheckedIOException e) {
            assertTrue(e.getCause().getMessage().startsWith(file + ": id "), e.getMessage());
        } finally {
            Files.delete(file);
        }
    }
}
