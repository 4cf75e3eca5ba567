package org.lilgatsby.safetensors;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir
    private Path directory;

    private SafetensorsFile open(String header, int... data) throws IOException {
        return SafetensorsFile.open(TestFiles.write(directory, TestFiles.bytes(header, data)));
    }

    @Test
    void theOfficialWritersFileIsRead() throws IOException {
        Path path = directory.resolve("reference.safetensors");
        try (InputStream reference = getClass().getResourceAsStream("/reference/gpt2-float64.safetensors")) {
            Files.copy(reference, path);
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(61, file.tensors().size());
            assertEquals("[in,out]", file.metadata().get("conv1d_layout"));
            assertEquals(0x1.3eba3cp+2, file.tensor("loss").toDoubles()[0]);
            assertEquals(0x1.3f5ad8p+2, file.tensor("loss_single_shift").toDoubles()[0]);
            TensorView ids = file.tensor("input_ids");
            assertEquals(TensorSpec.of("input_ids", DType.I64, 3, 128), ids.spec());
            assertArrayEquals(new long[] {116, 115, 44, 32}, Arrays.copyOf(ids.toLongs(), 4));
            float[] wte = file.tensor("parameters/transformer.wte.weight").toFloats();
            assertEquals(128 * 64, wte.length);
            assertEquals(0x1.78p-4f, wte[0]);
            assertEquals(-0x1.02p-3f, wte[wte.length - 1]);
        }
    }

    @Test
    void aFileWithoutTensorsIsLegal() throws IOException {
        try (SafetensorsFile file = open("{}")) {
            assertEquals(List.of(), file.tensors());
            assertEquals(Map.of(), file.metadata());
        }
    }

    @Test
    void scalarsAndEmptyTensorsAreLegalWhereverTheyStand() throws IOException {
        try (SafetensorsFile file = open("""
                {"e0":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},\
                "s":{"dtype":"U16","shape":[],"data_offsets":[0,2]},\
                "e1":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[2,2]},\
                "x":{"dtype":"U8","shape":[1,1],"data_offsets":[2,3]},\
                "e2":{"dtype":"F4","shape":[3,0],"data_offsets":[3,3]}}""", 0x34, 0x12, 9)) {
            assertEquals(
                    List.of("e0", "s", "e1", "x", "e2"),
                    file.tensors().stream().map(TensorSpec::name).toList());
            assertArrayEquals(new short[] {0x1234}, file.tensor("s").toShorts());
            assertArrayEquals(new float[0], file.tensor("e1").toFloats());
        }
    }

    @Test
    void theHeaderMayBeInAnyOrderWithAnyWhiteSpaceAndEscapes() throws IOException {
        try (SafetensorsFile file = open("""
                {\n\t"\\u0062" : { "data_offsets":[1, 3] ,"shape":[ 1 ], "dtype":"BF16"},
                 "a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}, "__metadata__" : {"z":"1",\
                "k":"\\uD83D\\uDE00"} } \r\n \t""", 1, 0x80, 0x3f)) {
            assertEquals(List.of(TensorSpec.of("a", DType.I8, 1), TensorSpec.of("b", DType.BF16, 1)), file.tensors());
            assertEquals(List.of("z", "k"), List.copyOf(file.metadata().keySet()));
            assertEquals("\uD83D\uDE00", file.metadata().get("k"));
            assertArrayEquals(new float[] {1f}, file.tensor("b").toFloats(), "data that is not aligned");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = directory.resolve("missing");
        assertEquals(
                missing.toString(),
                assertThrows(NoSuchFileException.class, () -> SafetensorsFile.open(missing))
                        .getMessage());
    }

    @Test
    void viewsEndWithTheFile() throws IOException {
        TensorView view;
        try (SafetensorsFile file = open("{\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 7, 8)) {
            view = file.tensor("a");
        }
        assertThrows(IllegalStateException.class, view::toShorts);
    }

    @Test
    void aHundredThousandTensorsAreRead() throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            specs.add(TensorSpec.of("layer." + i + ".weight", DType.U8, 1));
        }
        Path path = directory.resolve("many.safetensors");
        SafetensorsLayout layout = SafetensorsLayout.of(specs, Map.of());
        byte[] data = new byte[100_000];
        new Random(1).nextBytes(data);
        SafetensorsWriter.writeWhole(path, layout, i -> ByteBuffer.wrap(data, i, 1));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(specs, file.tensors());
            for (int i = 0; i < specs.size(); i++) {
                assertEquals(data[i], file.tensor(specs.get(i).name()).data().get(ValueLayout.JAVA_BYTE, 0));
            }
        }
    }

    /** A file of several tensors and metadata, in which every byte of the header matters. */
    private static final byte[] VALID =
            TestFiles.bytes("""
            {"__metadata__":{"format":"pt","k":"\\u00e9"},"w":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},\
            "ids":{"dtype":"I64","shape":[1],"data_offsets":[12,20]},"s":{"dtype":"F32","shape":[],\
            "data_offsets":[20,24]}}  """, IntStream.rangeClosed(1, 24).toArray());

    private static final String INTERESTING = "{}[]\",:\\0129-+.eE u8/\0\u00ff\u0080nt";

    @Property(tries = 1000)
    void aMutatedFileIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int mutations)
            throws IOException {
        Random random = new Random(seed);
        byte[] file = VALID.clone();
        for (int i = 0; i < mutations; i++) {
            file = mutate(file, random);
        }
        Path path = Files.createTempFile("mutated", ".safetensors");
        try (SafetensorsFile opened = SafetensorsFile.open(TestFiles.overwrite(path, file))) {
            long bytes = 0;
            for (TensorSpec spec : opened.tensors()) {
                bytes += opened.tensor(spec.name()).data().byteSize();
            }
            long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertEquals(file.length, 8 + header + bytes);
        } catch (SafetensorsException e) {
            assertNotNull(e.fault());
        } finally {
            Files.delete(path);
        }
    }

    private static byte[] mutate(byte[] file, Random random) {
        if (file.length == 0) {
            return file;
        }
        int at = random.nextInt(3) == 0 ? random.nextInt(Math.min(file.length, 8)) : random.nextInt(file.length);
        ByteBuffer mutated = ByteBuffer.allocate(file.length + 16);
        mutated.put(file, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> mutated.put((byte) random.nextInt(256)).put(file, at + 1, file.length - at - 1);
            case 1 ->
                mutated.put((byte) INTERESTING.charAt(random.nextInt(INTERESTING.length())))
                        .put(file, at + 1, file.length - at - 1);
            case 2 ->
                mutated.put((byte) INTERESTING.charAt(random.nextInt(INTERESTING.length())))
                        .put(file, at, file.length - at);
            case 3 -> {
                int copied = Math.min(random.nextInt(16), file.length - at);
                mutated.put(file, at, copied).put(file, at, file.length - at);
            }
            default -> {
                int dropped = Math.min(random.nextInt(16), file.length - at);
                mutated.put(file, at + dropped, file.length - at - dropped);
            }
        }
        byte[] result = new byte[mutated.position()];
        mutated.get(0, result);
        return result;
    }
}
