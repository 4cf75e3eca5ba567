import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the classes of tiles out of their template, at build time: {@code java GenerateTiles.java TEMPLATE DIRECTORY}. To
 * try another tile, change the table of shapes and what VectorTile chooses from it.
 */
final class GenerateTiles {
    /**
     * A tile.
     *
     * @param rows rows of out
     * @param vectors vectors of columns of out
     * @param unroll terms of a round of the inner loop; depth must be a multiple
     * @param whole whether the number of rows is always a multiple of the tile's
     * @param methods sections of the template, with Narrow behind for a first factor with narrow rows
     */
    private record Shape(int rows, int vectors, int unroll, boolean whole, List<String> methods) {}

    /**
     * With 32 registers, 4 rows and 4 vectors: 16 sums, two k at a time, so that 32 multiply-adds come with 16 loads and little
     * else; 8 rows and 2 vectors for heads of two vectors. With 16 registers, 6 rows and 2 vectors: 12 sums, one k at a time,
     * no more fits; of the transposed form five rows, since with six the compiler keeps one sum in memory. 4 rows and 2 vectors
     * for what is left: 8 sums, no more than hide the latency of a multiply-add.
     */
    private static final List<Shape> SHAPES = List.of(
            new Shape(4, 4, 2, false, List.of("layer", "product", "transposed")),
            new Shape(8, 2, 1, true, List.of("blocks", "blocksTransposed")),
            new Shape(6, 2, 1, true, List.of("layer", "product")),
            new Shape(5, 2, 1, true, List.of("transposedNarrow")),
            new Shape(4, 2, 1, false, List.of("layer", "product", "transposed", "transposedNarrow")));

    /** End of the names of methods that read a first factor with narrow rows. */
    private static final String NARROW = "Narrow";

    private static final Pattern REPEATED = Pattern.compile("\\s*\\[([a-z0-9 -]+)] (.*)");

    private GenerateTiles() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, List<String>> sections = sections(Files.readAllLines(Path.of(arguments[0])));
        Path directory = Files.createDirectories(Path.of(arguments[1], "org", "lilgatsby", "kernel"));
        Set<Path> written = new HashSet<>();
        for (Shape shape : SHAPES) {
            List<String> out = new ArrayList<>(expand(sections.get("class"), shape, 0, 0, 0));
            for (String method : shape.methods()) {
                for (String line : expand(sections.get(method.replace(NARROW, "")), shape, 0, 0, 0)) {
                    out.add(line.replace("METHOD", method).replace("{ld}", method.endsWith(NARROW) ? "NARROW_LD" : "A_LD"));
                }
            }
            out.add("}");
            String text = String.join("\n", out) + "\n";
            Path file = directory.resolve("Tile%dx%d.java".formatted(shape.rows(), shape.vectors()));
            write(file, text.replaceAll("ROWS", "" + shape.rows()).replaceAll("VECTORS", "" + shape.vectors())
                    .replaceAll("UNROLL", "" + shape.unroll()));
            written.add(file);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!written.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Leaves a file alone that is right already, so that nothing is compiled anew. */
    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }

    private static Map<String, List<String>> sections(List<String> template) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : template) {
            if (line.startsWith("=== ")) {
                section = new ArrayList<>();
                sections.put(line.substring(4), section);
            } else if (!line.startsWith("#")) {
                section.add(line);
            }
        }
        return sections;
    }

    /** The lines for one row, vector and k; what they repeat goes on from there. */
    private static List<String> expand(List<String> lines, Shape shape, int r, int v, int u) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher repeated = REPEATED.matcher(lines.get(i));
            if (!repeated.matches()) {
                out.add(substitute(lines.get(i), shape, r, v, u));
                continue;
            }
            List<String> body = List.of(" ".repeat(repeated.start(1) - 1) + repeated.group(2));
            if (repeated.group(2).equals("<<")) {
                int end = end(lines, i);
                body = lines.subList(i + 1, end);
                i = end;
            }
            String over = repeated.group(1);
            int[] rows = range(over, "r", shape.rows(), r);
            int[] vectors = range(over, "v", shape.vectors(), v);
            int[] rounds = range(over, "u", shape.unroll(), u);
            for (int ru = rounds[0]; ru <= rounds[1]; ru++) {
                for (int rr = rows[0]; rr <= rows[1]; rr++) {
                    for (int rv = vectors[0]; rv <= vectors[1]; rv++) {
                        out.addAll(expand(body, shape, rr, rv, ru));
                    }
                }
            }
        }
        return out;
    }

    /** The line of the {@code >>} that closes the block opened at {@code from}. */
    private static int end(List<String> lines, int from) {
        int depth = 0;
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            depth += line.endsWith("] <<") ? 1 : line.equals(">>") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("not closed: " + lines.get(from));
    }

    /** First and last number of a repetition such as {@code r 4-7}; what is not repeated stays what it is. */
    private static int[] range(String over, String name, int count, int now) {
        Matcher range = Pattern.compile("\\b" + name + "\\b(?: (\\d+)-(\\d*))?").matcher(over);
        if (!range.find()) {
            return new int[] {now, now};
        }
        int first = range.group(1) == null ? 0 : Integer.parseInt(range.group(1));
        int last = range.group(2) == null || range.group(2).isEmpty() ? count - 1 : Integer.parseInt(range.group(2));
        return new int[] {first, last};
    }

    private static String substitute(String line, Shape shape, int r, int v, int u) {
        boolean sure = shape.whole() || r == 0;
        return line.replace("{row}", sure ? "" + r : "Math.min(" + r + ", rows - 1 - i)")
                .replace("{if row}", sure ? "" : "if (" + r + " < rows - i) ")
                .replace("{r}", "" + r).replace("{v}", "" + v).replace("{u}", "" + u);
    }
}
