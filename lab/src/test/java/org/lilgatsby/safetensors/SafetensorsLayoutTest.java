package org.lilgatsby.safetensors;

import static org.junit.jupiter.api.Assertions.*;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SafetensorsLayoutTest {
    private static byte[] header(SafetensorsLayout layout) {
        byte[] bytes = new byte[layout.header().remaining()];
        layout.header().get(bytes);
        return bytes;
    }

    @Test
    void theHeaderIsThisByteForByte() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("b", "\u00e9\n");
        metadata.put("a", "1");
        SafetensorsLayout layout = SafetensorsLayout.of(
                List.of(
                        TensorSpec.of("h", DType.BF16, 3, 1),
                        TensorSpec.of("ids", DType.I64, 2),
                        TensorSpec.of("s\"", DType.BF16)),
                metadata);
        String json = """
                {"__metadata__":{"a":"1","b":"\u00e9\\n"},\
                "ids":{"dtype":"I64","shape":[2],"data_offsets":[0,16]},\
                "h":{"dtype":"BF16","shape":[3,1],"data_offsets":[16,22]},\
                "s\\"":{"dtype":"BF16","shape":[],"data_offsets":[22,24]}}""";
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        byte[] expected = TestFiles.bytes(json + " ".repeat(256 - 8 - length));
        assertArrayEquals(expected, header(layout));
        assertEquals(256 + 24, layout.fileBytes());
        assertEquals(256 + 16, layout.offset(0));
        assertEquals(256, layout.offset(1));
        assertEquals(256 + 22, layout.offset(2));
        assertEquals(2, layout.indexOf("s\""));
        assertThrows(IllegalArgumentException.class, () -> layout.indexOf("t"));
    }

    @Test
    void rowsThatFillBlocksBeginWithABlock() {
        List<TensorSpec> specs = List.of(
                TensorSpec.of("ids", DType.I64, 3),
                TensorSpec.of("loss", DType.F32, 5),
                TensorSpec.of("w", DType.BF16, 5, 32, 64),
                TensorSpec.of("moved", DType.F32, 5, 2, 1024),
                TensorSpec.of("none", DType.F32, 0, 1024),
                TensorSpec.of("scalar", DType.BF16));
        SafetensorsLayout layout = SafetensorsLayout.inBlocks(specs, Map.of());
        assertEquals(4096, layout.header().remaining());
        assertEquals(4096, layout.offset(3), "of those that fill blocks the larger elements first");
        assertEquals(4096 + 5 * 8192, layout.offset(2));
        long rest = 4096 + 5 * 8192 + 5 * 4096;
        assertEquals(rest, layout.offset(0));
        assertEquals(rest + 24, layout.offset(1));
        assertEquals(rest + 24 + 20, layout.offset(5));
        assertEquals(rest + 24 + 20 + 2, layout.fileBytes());
        String json = new String(header(layout), 8, 4096 - 8, StandardCharsets.UTF_8);
        assertTrue(
                json.startsWith("{\"moved\":{\"dtype\":\"F32\",\"shape\":[5,2,1024],\"data_offsets\":[0,40960]}"),
                json);
        assertTrue(json.endsWith(" "), "padded");
    }

    @Test
    void whereNoRowsFillBlocksNothingIsDifferent() {
        List<TensorSpec> specs = List.of(
                TensorSpec.of("w", DType.BF16, 5, 31, 64),
                TensorSpec.of("ids", DType.I64, 3),
                TensorSpec.of("s", DType.F32));
        assertArrayEquals(
                header(SafetensorsLayout.of(specs, Map.of())), header(SafetensorsLayout.inBlocks(specs, Map.of())));
    }

    @Test
    void aLayoutOfNothingIsAFile() {
        SafetensorsLayout layout = SafetensorsLayout.of(List.of(), Map.of());
        assertArrayEquals(TestFiles.bytes("{}" + " ".repeat(54)), header(layout));
        assertEquals(64, layout.fileBytes());
    }

    @Test
    void whatTheFormatCannotHoldIsRefused() {
        TensorSpec a = TensorSpec.of("a", DType.U8, 1);
        assertEquals(
                "two tensors are named \"a\"",
                assertThrows(IllegalArgumentException.class, () -> SafetensorsLayout.of(List.of(a, a), Map.of()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> SafetensorsLayout.of(List.of(), Map.of("k", "\ud800")));
        assertThrows(IllegalArgumentException.class, () -> TensorSpec.of("__metadata__", DType.U8));
        assertThrows(IllegalArgumentException.class, () -> TensorSpec.of("\udc00", DType.U8));
        assertThrows(IllegalArgumentException.class, () -> TensorSpec.of("a", DType.F6_E2M3, 2));
        assertThrows(IllegalArgumentException.class, () -> TensorSpec.of("a", DType.U8, -1));
        assertThrows(IllegalArgumentException.class, () -> Shape.of(new long[65]));
    }

    @Test
    void sizesAreCheckedBeforeTheyWrapAround() {
        assertThrows(ArithmeticException.class, () -> Shape.of(1L << 32, 1L << 31));
        assertEquals(1L << 62, Shape.of(1L << 31, 1L << 31).elements());
        assertThrows(ArithmeticException.class, () -> TensorSpec.of("a", DType.F64, 1L << 57));
        TensorSpec half = TensorSpec.of("a", DType.U8, 1L << 59);
        List<TensorSpec> tooMany = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            tooMany.add(new TensorSpec("t" + i, half.dtype(), half.shape()));
        }
        assertThrows(ArithmeticException.class, () -> SafetensorsLayout.of(tooMany, Map.of()));
    }

    @Provide
    Arbitrary<List<TensorSpec>> specs() {
        Arbitrary<long[]> shapes =
                Arbitraries.longs().between(0, 5).array(long[].class).ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.strings().ofMaxLength(6).filter(SafetensorsLayoutTest::isName),
                        Arbitraries.of(DType.class).filter(dtype -> dtype.bits() >= 8),
                        shapes)
                .as(TensorSpec::of)
                .list()
                .uniqueElements(TensorSpec::name)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Map<String, String>> metadata() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(6).filter(SafetensorsLayoutTest::isName);
        return Arbitraries.maps(texts, texts).ofMaxSize(4);
    }

    private static boolean isName(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Property(tries = 300)
    void whatIsLaidOutIsReadBack(
            @ForAll("specs") List<TensorSpec> specs, @ForAll("metadata") Map<String, String> metadata)
            throws Exception {
        SafetensorsLayout layout = SafetensorsLayout.of(specs, metadata);
        assertArrayEquals(header(layout), header(SafetensorsLayout.of(specs, new HashMap<>(metadata))));
        Path path = Files.createTempFile("layout", ".safetensors");
        try {
            SafetensorsWriter.writeWhole(path, layout, i -> {
                ByteBuffer bytes = ByteBuffer.allocate((int) specs.get(i).bytes());
                while (bytes.hasRemaining()) {
                    bytes.put((byte) (i + 1));
                }
                return bytes.flip();
            });
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                assertEquals(metadata, file.metadata());
                assertEquals(specs.size(), file.tensors().size());
                for (int i = 0; i < specs.size(); i++) {
                    TensorView view = file.tensor(specs.get(i).name());
                    assertEquals(specs.get(i), view.spec());
                    assertEquals(0, layout.offset(i) % specs.get(i).dtype().bytes(), "aligned");
                    for (byte b : view.data().toArray(ValueLayout.JAVA_BYTE)) {
                        assertEquals(i + 1, b);
                    }
                }
            }
        } finally {
            Files.delete(path);
        }
    }
}
