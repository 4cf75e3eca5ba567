package org.lilgatsby.safetensors;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One file, byte for byte, for every way in which a file can be wrong. */
class HostileFileTest {
    /** The smallest file of one tensor: two bytes at [0, 2). */
    private static final String GOOD = """
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";

    @TempDir
    private Path directory;

    private SafetensorsException refused(Fault fault, byte[] file) {
        Path path = TestFiles.write(directory, file);
        SafetensorsException e = assertThrows(
                SafetensorsException.class, () -> SafetensorsFile.open(path).close());
        assertEquals(fault, e.fault(), e.getMessage());
        assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
        return e;
    }

    private void refused(Fault fault, String tensor, String problem, String header, int... data) {
        SafetensorsException e = refused(fault, TestFiles.bytes(header, data));
        assertEquals(Optional.of(tensor), e.tensor());
        assertTrue(e.getMessage().endsWith(": tensor \"" + tensor + "\": " + problem), e.getMessage());
    }

    private void refused(Fault fault, String problem, byte[] file) {
        SafetensorsException e = refused(fault, file);
        assertEquals(Optional.empty(), e.tensor());
        assertTrue(e.getMessage().endsWith(": " + problem), e.getMessage());
    }

    @Test
    void theGoodFileIsGood() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(TestFiles.write(directory, TestFiles.bytes(GOOD, 7, 8)))) {
            assertEquals(7, file.tensor("a").data().get(ValueLayout.JAVA_BYTE, 0));
        }
    }

    @Test
    void aDirectoryIsNoFile() {
        SafetensorsException e = assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(directory));
        assertEquals(Fault.NOT_A_FILE, e.fault());
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] file = TestFiles.bytes(GOOD, 7, 8);
        for (int length = 0; length < file.length; length++) {
            Fault expected = length < 8
                    ? Fault.TOO_SHORT
                    : length < file.length - 2 ? Fault.HEADER_OUT_OF_FILE : Fault.OUT_OF_FILE;
            refused(expected, Arrays.copyOf(file, length));
        }
    }

    @Test
    void theFileIsTooShort() {
        refused(Fault.TOO_SHORT, "the file has 7 bytes, but the header's length alone takes 8", new byte[7]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01e1f50500000000", "ffffffffffffffff", "0000000000000080", "ffffffffffffff7f"})
    void theHeaderIsLongerThanTheFormatAllows(String length) {
        refused(Fault.HEADER_TOO_LARGE, HexFormat.of().parseHex(length));
    }

    @Test
    void theHeaderIsLongerThanTheFile() {
        refused(
                Fault.HEADER_OUT_OF_FILE,
                "the header's length is 100000000 bytes, but only 2 follow",
                TestFiles.bytes(100_000_000, new byte[] {'{', '}'}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7b22ff223a7b7d7d", "7b22c0af223a7b7d7d", "7b22eda080223a7b7d7d", "ff", "7b7de2"})
    void theHeaderIsNotUtf8(String header) {
        refused(Fault.INVALID_UTF8, TestFiles.bytes(HexFormat.of().parseHex(header)));
    }

    @Test
    void aTextHasHalfACharacter() {
        refused(
                Fault.INVALID_UTF8,
                "__metadata__: the value of \"k\" has an unpaired surrogate",
                TestFiles.bytes("{\"__metadata__\":{\"k\":\"\\ud800x\"}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " {}",
                "\uFEFF{}",
                "[]",
                "null",
                "{",
                "{}x",
                "{}{}",
                "{},",
                "{}\0",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":tru}",
                "{\"a\":{\"shape\":[1,]}}",
                "{\"a\":{\"shape\":[01]}}",
                "{\"a\":{\"shape\":[NaN]}}",
                "{/**/}",
                "{\"a\n\":1}",
                "{\"a\":{\"dtype\":\"U8\"",
                "{\"\\ud800\":1}",
                "{\"__metadata__\":{\"\\udc00\":\"\"}}"
            })
    void theHeaderIsNotOneJsonObject(String header) {
        refused(Fault.MALFORMED_JSON, TestFiles.bytes(header));
    }

    @Test
    void nestingIsLimited() {
        refused(Fault.LIMIT_EXCEEDED, TestFiles.bytes("{\"a\":{\"shape\":[[0]]}}"));
        refused(Fault.LIMIT_EXCEEDED, TestFiles.bytes("{\"a\":{\"shape\":" + "[".repeat(1_000_000)));
    }

    @Test
    void namesAreLimited() {
        refused(Fault.LIMIT_EXCEEDED, TestFiles.bytes("{\"" + "n".repeat(HeaderParser.MAX_NAME_LENGTH + 1) + "\":1}"));
    }

    @Test
    void metadataTextsAreLimited() {
        refused(
                Fault.LIMIT_EXCEEDED,
                TestFiles.bytes(
                        "{\"__metadata__\":{\"a\":\"" + "x".repeat(HeaderParser.MAX_STRING_LENGTH + 1) + "\"}}"));
    }

    @Test
    void metadataEntriesAreLimited() {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{");
        for (int i = 0; i <= HeaderParser.MAX_METADATA_ENTRIES; i++) {
            header.append(i == 0 ? "" : ",").append('"').append(i).append("\":\"\"");
        }
        refused(
                Fault.LIMIT_EXCEEDED,
                "the header has more than 65536 metadata entries",
                TestFiles.bytes(header + "}}"));
    }

    @Test
    void numbersAreLimited() {
        refused(Fault.LIMIT_EXCEEDED, TestFiles.bytes("{\"a\":{\"shape\":[" + "9".repeat(1000) + "]}}"));
    }

    @Test
    void ranksAreLimited() {
        refused(
                Fault.LIMIT_EXCEEDED,
                "a",
                "shape has more than 64 numbers",
                "{\"a\":{\"shape\":[1" + ",1".repeat(64) + "]}}");
    }

    @Test
    void thereAreThreeOffsets() {
        refused(
                Fault.LIMIT_EXCEEDED,
                "a",
                "data_offsets has more than 2 numbers",
                "{\"a\":{\"data_offsets\":[0,2,2]}}");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"a":1}                                | an object is needed, not 1
            {"a":null}                             | an object is needed, not null
            {"a":[]}                               | an object is needed, not an array
            {"a":{"dtype":8}}                      | dtype must be text, not 8
            {"a":{"shape":2}}                      | shape must be an array, not 2
            {"a":{"shape":{}}}                     | shape must be an array, not an object
            {"a":{"shape":[2.0]}}                  | shape must hold whole numbers, not 2.0
            {"a":{"shape":[2e0]}}                  | shape must hold whole numbers, not 2e0
            {"a":{"shape":["2"]}}                  | shape must hold whole numbers, not text
            {"a":{"shape":[true]}}                 | shape must hold whole numbers, not a truth value
            {"a":{"data_offsets":"0,2"}}           | data_offsets must be an array, not text
            {"a":{"data_offsets":[null,2]}}        | data_offsets must hold whole numbers, not null
            """)
    void aValueHasTheWrongType(String header, String problem) {
        refused(Fault.WRONG_TYPE, "a", problem, header);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"__metadata__":[]}                    | __metadata__: an object is needed, not an array
            {"__metadata__":null}                  | __metadata__: an object is needed, not null
            {"__metadata__":{"k":1}}               | __metadata__: the value of "k" must be text, not 1
            {"__metadata__":{"k":{}}}              | __metadata__: the value of "k" must be text, not an object
            """)
    void metadataHasTheWrongType(String header, String problem) {
        refused(Fault.WRONG_TYPE, problem, TestFiles.bytes(header));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"a":{}}                                                | dtype is missing
            {"a":{"dtype":"U8","data_offsets":[0,2]}}               | shape is missing
            {"a":{"dtype":"U8","shape":[2]}}                        | data_offsets is missing
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0]}}     | data_offsets must have 2 numbers, not 1
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[]}}      | data_offsets must have 2 numbers, not 0
            """)
    void aKeyIsMissing(String header, String problem) {
        refused(Fault.MISSING_KEY, "a", problem, header, 7, 8);
    }

    @Test
    void aKeyIsUnknown() {
        refused(Fault.UNKNOWN_KEY, "a", "unknown key \"strides\"", "{\"a\":{\"strides\":[1]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dtype\":\"U8", "shape\":[2", "data_offsets\":[0,2"})
    void aKeyOccursTwice(String pair) {
        String closed = "\"" + pair + (pair.contains("[") ? "]" : "\"");
        String key = pair.substring(0, pair.indexOf('"'));
        refused(Fault.DUPLICATE_KEY, "a", "two values of " + key, "{\"a\":{" + closed + "," + closed + "}}", 7, 8);
    }

    @Test
    void aMetadataKeyOccursTwice() {
        refused(
                Fault.DUPLICATE_KEY,
                "__metadata__: two values of \"k\"",
                TestFiles.bytes("{\"__metadata__\":{\"k\":\"1\",\"k\":\"1\"}}"));
    }

    @Test
    void aNameOccursTwice() {
        refused(Fault.DUPLICATE_NAME, "a", "two entries of this name", """
                {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"\\u0061":{"dtype":"U8","shape":[2],\
                "data_offsets":[0,2]}}""", 7, 8);
        refused(
                Fault.DUPLICATE_NAME,
                "two entries __metadata__",
                TestFiles.bytes("{\"__metadata__\":{},\"__metadata__\":{}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u8", "U128", "BF16 ", "F4_E2M1"})
    void anElementTypeIsUnknown(String dtype) {
        refused(
                Fault.UNKNOWN_DTYPE,
                "a",
                "unknown dtype \"" + dtype + "\"",
                "{\"a\":{\"dtype\":\"" + dtype + "\",\"shape\":[2],\"data_offsets\":[0,2]}}",
                7,
                8);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,2]}}                      | shape holds -1
            {"a":{"dtype":"U8","shape":[-0],"data_offsets":[0,0]}}                      | shape holds -0
            {"a":{"dtype":"U8","shape":[-1,-2],"data_offsets":[0,2]}}                   | shape holds -1
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[-2,0]}}                      | data_offsets holds -2
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,-9223372036854775809]}} | \
                data_offsets holds -9223372036854775809
            """)
    void aNumberIsNegative(String header, String problem) {
        refused(Fault.NEGATIVE_NUMBER, "a", problem, header, 7, 8);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            [9223372036854775808]    | 0  | shape holds 9223372036854775808, above 2^63-1
            [18446744073709551618]   | 0  | shape holds 18446744073709551618, above 2^63-1
            [4294967296,4294967296]  | 0  | shape [4294967296, 4294967296] has more than 2^63-1 elements
            [3037000500,3037000500]  | 0  | shape [3037000500, 3037000500] has more than 2^63-1 elements
            [4294967296,4294967296,0]| 0  | shape [4294967296, 4294967296, 0] has more than 2^63-1 elements
            [1152921504606846976]    | 0  | shape [1152921504606846976] of U8 has more than 2^63-1 bits
            [2]                      | 18446744073709551616 | data_offsets holds 18446744073709551616, above 2^63-1
            """)
    void aSizeOverflows(String shape, String begin, String problem) {
        refused(
                Fault.SIZE_OVERFLOW,
                "a",
                problem,
                "{\"a\":{\"dtype\":\"U8\",\"shape\":%s,\"data_offsets\":[%s,2]}}".formatted(shape, begin),
                7,
                8);
    }

    @Test
    void elementsDoNotFillWholeBytes() {
        refused(Fault.PARTIAL_BYTE, "a", "[3] elements of F4 do not fill whole bytes", """
                {"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 7, 8);
    }

    @Test
    void aTensorEndsBeforeItBegins() {
        refused(Fault.REVERSED_OFFSETS, "a", "begins at 2 and ends before, at 0", """
                {"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", 7, 8);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            U8  | [3]   | U8 of shape [3] takes 3 bytes, but [0, 2) holds 2
            U16 | [2]   | U16 of shape [2] takes 4 bytes, but [0, 2) holds 2
            U8  | []    | U8 of shape [] takes 1 bytes, but [0, 2) holds 2
            U8  | [2,0] | U8 of shape [2, 0] takes 0 bytes, but [0, 2) holds 2
            """)
    void aSpanIsNotThatOfTheShape(String dtype, String shape, String problem) {
        refused(
                Fault.SPAN_MISMATCH,
                "a",
                problem,
                "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[0,2]}}".formatted(dtype, shape),
                7,
                8);
    }

    @Test
    void aTensorEndsAfterTheFile() {
        refused(Fault.OUT_OF_FILE, "a", "ends at byte 2 of the data, but the file has only 1", GOOD, 7);
        refused(Fault.OUT_OF_FILE, "a", "ends at byte 1000000000000 of the data, but the file has only 2", """
                {"a":{"dtype":"U8","shape":[1000000000000],"data_offsets":[0,1000000000000]}}""", 7, 8);
    }

    @Test
    void twoTensorsOverlap() {
        refused(Fault.OVERLAP, "b", "begins at 1, before tensor \"a\" ends at 2", """
                {"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"U8","shape":[2],\
                "data_offsets":[0,2]}}""", 7, 8, 9);
        refused(Fault.OVERLAP, "b", "begins at 0, before tensor \"a\" ends at 2", """
                {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],\
                "data_offsets":[0,2]}}""", 7, 8);
    }

    @Test
    void bytesBetweenTensorsBelongToNone() {
        refused(Fault.HOLE, "b", "begins at 3, but the data before it ends at 2", """
                {"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]},"a":{"dtype":"U8","shape":[2],\
                "data_offsets":[0,2]}}""", 7, 8, 9, 10);
        refused(Fault.HOLE, "a", "begins at 1, but the data before it ends at 0", """
                {"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 7, 8, 9);
    }

    @Test
    void bytesFollowTheLastTensor() {
        refused(
                Fault.TRAILING_BYTES,
                "the tensors end at byte 2 of the data, but the file has 3",
                TestFiles.bytes(GOOD, 7, 8, 9));
        refused(
                Fault.TRAILING_BYTES,
                "the tensors end at byte 0 of the data, but the file has 1",
                TestFiles.bytes("{}", 7));
    }

    @Test
    void theTensorAskedForIsNotThere() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(TestFiles.write(directory, TestFiles.bytes(GOOD, 7, 8)))) {
            SafetensorsException e = assertThrows(SafetensorsException.class, () -> file.tensor("b"));
            assertEquals(Fault.NO_SUCH_TENSOR, e.fault());
            assertFalse(file.contains("b"));
        }
    }

    @Test
    void messagesDoNotSteerTheTerminal() {
        SafetensorsException e = refused(Fault.UNKNOWN_KEY, TestFiles.bytes("{\"\\u001b[2J\\u202e\":{\"\\u0007\":1}}"));
        assertTrue(e.getMessage().endsWith("tensor \"\\u{1b}[2J\\u{202e}\": unknown key \"\\u{7}\""), e.getMessage());
    }
}
