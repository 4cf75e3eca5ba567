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
 * Writes the classes of tiles from their template, at build time: {@code java GenerateTiles.java TEMPLATE DIRECTORY}.
 * To try another tile, change the table of shapes and what VectorTile chooses from it.
 */
final class GenerateTiles {
    /**
     * A method made of a section of the template.
     *
     * @param x index of the first factor's element for a row and a k
     * @param ld floats between rows of the first factor, where that is constant
     * @param b index of the second factor's vector for a k
     * @param unroll terms of a round of the inner loop; depth must be a multiple
     * @param fenced whether fences stand between rows
     */
    private record Form(String name, String section, String x, String ld, String b, int unroll, boolean fenced) {
        private static final String PACKED = "at + k * PANEL + ({u} * PANEL + {v} * LENGTH)";

        static Form plain(String section) {
            return new Form(section, section, "", "", PACKED, 1, false);
        }

        /** Reads its first factor by rows. */
        static Form rows(String section) {
            return new Form(section, section, "a{r} + k + {u}", "", PACKED, 1, false);
        }

        /** Reads its first factor by columns. */
        static Form columns(String name, String ld) {
            return new Form(name, "columns", "x + (k + {u}) * " + ld + " + {r}", ld, PACKED, 1, false);
        }

        /** Reads its first factor by columns, and both factors in place. */
        static Form strided(String section) {
            return new Form(section, section, "x + (k + {u}) * aLd + {r}", "", "at + (k + {u}) * bLd + "
                    + "{v} * LENGTH", 1, false);
        }

        Form unrolled(int unroll, boolean fenced) {
            return new Form(name, section, x, ld, b, unroll, fenced);
        }

        /** What the rounds of this form leave over, one term at a time. */
        Form rest() {
            return new Form(name + "Rest", section, x, ld, b, 1, false);
        }
    }

    /** For sections that are not methods of a tile. */
    private static final Form PLAIN = Form.plain("");

    private static final Form LAYER = Form.rows("layer");
    private static final Form ADD = Form.rows("add");
    private static final Form TRANSPOSED = Form.columns("transposed", "VectorTile.A_LD");
    private static final Form NARROW = Form.columns("transposedNarrow", "VectorTile.NARROW_LD");
    private static final Form STRIDED = Form.strided("strided");
    private static final Form BLOCKS = Form.plain("blocks");
    private static final Form BLOCKS_TRANSPOSED = Form.plain("blocksTransposed");

    /**
     * A tile.
     *
     * @param rows rows of out
     * @param vectors vectors of columns of out
     * @param whole whether the number of rows is always a multiple of the tile's
     */
    private record Shape(int rows, int vectors, boolean whole, List<Form> forms) {}

    /**
     * With 32 registers, 6 rows and 4 vectors: 24 sums, four vectors of b and one or two of a. 4 rows and 4 vectors for
     * the remaining rows, and for a read by columns; 8 rows and 2 vectors for heads of two vectors. With 16 registers,
     * 6 rows and 2 vectors: 12 sums, two vectors of b and one or two of a, four k at a time: 48 multiply-adds with 32
     * loads and five others. 4 rows and 2 vectors for the rest: 8 sums, just enough to hide the latency of a
     * multiply-add.
     */
    private static final List<Shape> SHAPES = List.of(
            new Shape(6, 4, true, List.of(LAYER, ADD)),
            new Shape(4, 4, false, List.of(LAYER, ADD, STRIDED)),
            new Shape(8, 2, true, List.of(BLOCKS, BLOCKS_TRANSPOSED)),
            new Shape(6, 2, true, List.of(LAYER.unrolled(4, true), ADD.unrolled(4, true), NARROW.unrolled(4, true))),
            new Shape(4, 2, false, List.of(
                    LAYER.unrolled(4, true), ADD.unrolled(4, true), ADD.rest(), NARROW.unrolled(4, true), NARROW.rest(),
                    TRANSPOSED.unrolled(4, true), TRANSPOSED.rest())));

    private static final Pattern REPEATED = Pattern.compile("\\s*\\[([a-z0-9 -]+)] (.*)");

    private GenerateTiles() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, List<String>> sections = sections(Files.readAllLines(Path.of(arguments[0])));
        Path directory = Files.createDirectories(Path.of(arguments[1], "org", "lilgatsby", "kernel"));
        Set<Path> written = new HashSet<>();
        for (Shape shape : SHAPES) {
            List<String> out = new ArrayList<>(expand(sections.get("class"), shape, PLAIN, 0, 0, 0));
            for (Form form : shape.forms()) {
                out.addAll(method(sections, shape, form));
            }
            out.add("}");
            String text = String.join("\n", out) + "\n";
            Path file = directory.resolve("Tile%dx%d.java".formatted(shape.rows(), shape.vectors()));
            write(file, text.replaceAll("ROWS", "" + shape.rows()).replaceAll("VECTORS", "" + shape.vectors()));
            written.add(file);
        }
        Path transpose = directory.resolve("Transpose.java");
        write(transpose, transpose(sections));
        written.add(transpose);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!written.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The class of transposes, a method for each number of lanes. */
    private static String transpose(Map<String, List<String>> sections) {
        List<String> out = new ArrayList<>(sections.get("transpose"));
        for (int lanes = 4; lanes <= 16; lanes *= 2) {
            Shape shape = new Shape(lanes, 1, true, List.of());
            for (String line : expand(sections.get("transposed blocks"), shape, PLAIN, 0, 0, 0)) {
                if (line.strip().equals("[exchanges]")) {
                    exchanges(out, line.replace("[exchanges]", ""), 0, lanes);
                } else {
                    out.add(line.replace("ROWS", "" + lanes).replace("HALF", "" + lanes / 2));
                }
            }
        }
        out.add("}");
        return String.join("\n", out) + "\n";
    }

    /** Transposes rows from {@code first} on: both halves, then the exchange between them. */
    private static void exchanges(List<String> out, String indent, int first, int rows) {
        if (rows == 1) {
            out.add("%sFloatVector r%d = FloatVector.fromArray(FLOATS, w, at + %d * ld + k);"
                    .formatted(indent, first, first));
            return;
        }
        int half = rows / 2;
        exchanges(out, indent, first, half);
        exchanges(out, indent, first + half, half);
        String vector = half == 1 ? "r" : "s" + half / 2 + "x";
        for (int r = first; r < first + half; r++) {
            String lower = vector + r;
            String upper = vector + (r + half);
            String up = "%s.rearrange(SWAP_%d)".formatted(upper, half);
            String down = "%s.rearrange(SWAP_%d)".formatted(lower, half);
            if (half == 1) {
                up = upper + ".reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats()";
                down = lower + ".reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()";
            }
            String line = "%sFloatVector s%dx%d = %s.blend(%s, UPPER_%d);";
            out.add(line.formatted(indent, half, r, lower, up, half));
            out.add(line.formatted(indent, half, r + half, down, upper, half));
        }
    }

    /** Leaves a file alone if its text is the same, so that nothing is compiled again. */
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

    /** A form's section, with the loop over terms in its place. */
    private static List<String> method(Map<String, List<String>> sections, Shape shape, Form form) {
        List<String> lines = new ArrayList<>();
        for (String line : sections.get(form.section())) {
            if (line.strip().equals("[terms]")) {
                sections.get("terms").forEach(term -> lines.add(line.replace("[terms]", term)));
            } else {
                lines.add(line);
            }
        }
        lines.replaceAll(line -> line.replace("{x}", form.x()).replace("{ld}", form.ld()).replace("{b}", form.b()));
        return expand(lines, shape, form, 0, 0, 0).stream()
                .map(line -> line.replace("METHOD", form.name()).replace("UNROLL", "" + form.unroll())).toList();
    }

    /** The lines for one row, vector and k, with the repetitions in them expanded. */
    private static List<String> expand(List<String> lines, Shape shape, Form form, int r, int v, int u) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher repeated = REPEATED.matcher(lines.get(i));
            if (!repeated.matches()) {
                String line = substitute(lines.get(i), shape, form, r, v, u);
                if (!line.isBlank() || lines.get(i).isEmpty()) {
                    out.add(line);
                }
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
            int[] rounds = range(over, "u", form.unroll(), u);
            for (int ru = rounds[0]; ru <= rounds[1]; ru++) {
                for (int rr = rows[0]; rr <= rows[1]; rr++) {
                    for (int rv = vectors[0]; rv <= vectors[1]; rv++) {
                        out.addAll(expand(body, shape, form, rr, rv, ru));
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

    /** First and last number of a repetition such as {@code r 4-7}; {@code now} for both if nothing is repeated. */
    private static int[] range(String over, String name, int count, int now) {
        Matcher range = Pattern.compile("\\b" + name + "\\b(?: (\\d+)-(\\d*))?").matcher(over);
        if (!range.find()) {
            return new int[] {now, now};
        }
        int first = range.group(1) == null ? 0 : Integer.parseInt(range.group(1));
        int last = range.group(2) == null || range.group(2).isEmpty() ? count - 1 : Integer.parseInt(range.group(2));
        return new int[] {first, last};
    }

    private static String substitute(String line, Shape shape, Form form, int r, int v, int u) {
        boolean sure = shape.whole() || r == 0;
        return line.replace("{row}", sure ? "" + r : "Math.min(" + r + ", rows - 1 - i)")
                .replace("{if row}", sure ? "" : "if (" + r + " < rows - i) ")
                .replace("{fence}", form.fenced() ? "java.lang.invoke.VarHandle.loadLoadFence();" : "")
                .replace("{r}", "" + r).replace("{v}", "" + v).replace("{u}", "" + u);
    }
}
