package org.lilgatsby.tokenizer;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenumberingTest {
    @TempDir
    private Path directory;

    private Renumbering read(String json) throws IOException {
        return Renumbering.read(Files.writeString(directory.resolve("mapping.json"), json));
    }

    @Test
    void idsAreRenumberedByFrequency() throws IOException {
        Renumbering table = Renumbering.byFrequency(new long[] {5, 0, 9, 5, 1}, 3, 3);
        assertEquals(4, table.vocabulary());
        int[] ids = {7, 0, 1, 2, 3, 4, 7};
        table.apply(ids, 1, 5);
        assertArrayEquals(new int[] {7, 1, 3, 0, 2, 3, 7}, ids);
        assertEquals(3, table.of(1_000_000));
        assertArrayEquals(new int[] {2, 0, 3, -1}, table.originals());
        assertArrayEquals(table.originals(), read(table.json()).originals());
        assertEquals(table.json(), read(table.json()).json());
    }

    @Test
    void aTableIsRead() throws IOException {
        Renumbering table = read("""
                {"live_tokens":2,"dead_tokens":2,"total_vocab":4,"unk_id":0,"gpt2_to_compact":{"13":0,"198":1},
                 "compact_to_gpt2":{"0":13,"1":198},"live_token_ids":[13,198]}""");
        assertEquals(4, table.vocabulary());
        assertEquals(OptionalInt.of(0), table.other());
        assertEquals(1, table.of(198));
        assertEquals(0, table.of(14));
        assertArrayEquals(new int[] {13, 198, -1, -1}, table.originals());
    }

    @Test
    void anIdWithoutANumberIsRefusedWhereThereIsNoneForAllOthers() throws IOException {
        Renumbering table = read("{\"x_to_compact\":{\"5\":0}}");
        assertEquals(1, table.vocabulary());
        assertEquals(0, table.of(5));
        assertEquals(
                "id 4 has no new id, and the table has no unk_id for such ids",
                assertThrows(IllegalArgumentException.class, () -> table.of(4)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> table.of(-1));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {} | \
                0 members end in _to_compact; exactly one is needed, with ids
            {"a_to_compact":{}} | \
                1 members end in _to_compact; exactly one is needed, with ids
            {"a_to_compact":{"1":0},"b_to_compact":{"1":0}} | ids 1 and 1 have the same new id, 0
            {"a_to_compact":{"1":0},"b_to_compact":{"2":1}} | \
                2 members end in _to_compact; exactly one is needed, with ids
            {"a_to_compact":{"1":0,"2":0}}                | ids 1 and 2 have the same new id, 0
            {"a_to_compact":{"1":0,"01":1}}               | id 1 has two new ids
            {"a_to_compact":{"-1":0}}                     | id "-1" is not a whole number in [0, 524288)
            {"a_to_compact":{"":0}}                       | id "" is not a whole number in [0, 524288)
            {"a_to_compact":{"524288":0}}                 | id "524288" is not a whole number in [0, 524288)
            {"a_to_compact":{"1":-1}} | \
                the new id of 1 must be a whole number in [0, 2147483647], not "-1"
            {"a_to_compact":{"1":524288}}                 | the new id of 1 is 524288, not below 524288
            {"a_to_compact":{"1":1},"total_vocab":1}      | new id 1 is outside total_vocab, 1
            {"a_to_compact":{"1":0},"total_vocab":524289}  | total_vocab is 524289; at most 524288 is possible
            {"a_to_compact":{"1":0},"unk_id":1,"total_vocab":1} | new id 1 is outside total_vocab, 1
            {"a_to_compact":[]}                           | a_to_compact must be an object, not [
            """)
    void anInvalidTableIsRefused(String json, String problem) {
        String message =
                assertThrows(TokenizerException.class, () -> read(json)).getMessage();
        assertEquals(directory.resolve("mapping.json") + ": " + problem, message);
    }
}
