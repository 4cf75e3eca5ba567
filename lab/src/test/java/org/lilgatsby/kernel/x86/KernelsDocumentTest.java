package org.lilgatsby.kernel.x86;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tile that {@code docs/kernels.md} shows is the one that is built, listed and generated. */
class KernelsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "kernels.md");
    private static final Path BUILDER =
            Path.of("src", "main", "java", "org", "lilgatsby", "kernel", "x86", "ProductCode.java");
    private static final Path GENERATED =
            Path.of("target", "generated-sources", "tiles", "org", "lilgatsby", "kernel", "Tile6x4.java");
    private static final Pattern ROW = Pattern.compile("\\| [^|`]+ \\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\|");

    @Test
    void everyLineStandsInItsSource() throws IOException {
        List<List<String>> rows = Files.readString(DOCUMENT)
                .lines()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                .toList();
        assertEquals(9, rows.size(), "lines of the table");
        requireAnywhere(rows, 0, stripped(Files.readAllLines(BUILDER)));
        requireInOrder(rows, 1, stripped(Listing.ofTile()));
        requireInOrder(rows, 2, stripped(Files.readAllLines(GENERATED)));
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }

    private static void requireAnywhere(List<List<String>> rows, int column, List<String> source) {
        for (List<String> row : rows) {
            assertTrue(source.contains(row.get(column)), row.get(column));
        }
    }

    private static void requireInOrder(List<List<String>> rows, int column, List<String> source) {
        int at = 0;
        for (List<String> row : rows) {
            int found = source.subList(at, source.size()).indexOf(row.get(column));
            assertTrue(found >= 0, row.get(column) + " does not follow line " + at);
            at += found + 1;
        }
    }
}
