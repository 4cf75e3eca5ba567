package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lilgatsby.census.CheckpointFindings;
import org.lilgatsby.census.CheckpointFindings.Adjacent;
import org.lilgatsby.census.CheckpointFindings.Against;
import org.lilgatsby.census.CheckpointFindings.Hole;
import org.lilgatsby.census.CheckpointFindings.HoleDistances;
import org.lilgatsby.census.CheckpointFindings.Inspected;
import org.lilgatsby.census.CheckpointFindings.NearRow;
import org.lilgatsby.census.CheckpointFindings.Structure;
import org.lilgatsby.census.CheckpointFindings.Unreachable;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.files.Text;

/** The census of a published checkpoint, for people and for programs. */
public final class CheckpointReport {
    /** Number of black holes, and of rows around them, that the text lists. */
    private static final int LISTED = 20;

    /** Number of black holes in the text's table of distances: as many columns as fit on a line. */
    private static final int TABULATED = 13;

    /** Number of characters of ids in a line of the text. */
    private static final int ID_CHARACTERS = 400;

    /** Number of characters of a tensor's name in a heading. */
    private static final int NAME_CHARACTERS = 40;

    private CheckpointReport() {}

    /** One JSON document, indented, with a line feed at its end. */
    public static String json(CheckpointFindings findings) {
        return JsonReport.indented(findings);
    }

    /** Plain text of at most {@link TextReport#WIDTH} columns. */
    public static String text(CheckpointFindings findings) {
        List<Section> sections = new ArrayList<>();
        for (Inspected matrix : findings.matrices()) {
            sections.add(rows(findings, matrix));
            sections.add(holes(findings, matrix));
            if (matrix.holes().size() > 1) {
                sections.add(distances(matrix));
            }
            sections.add(neighbours(matrix));
            sections.add(region(findings, matrix));
            matrix.unreachable().ifPresent(unreachable -> sections.add(unreachable(matrix, unreachable)));
        }
        findings.against().ifPresent(run -> sections.add(against(findings, run)));
        return TextReport.text("Census of " + Text.escape(findings.path()), opening(findings), sections);
    }

    private static Facts opening(CheckpointFindings findings) {
        List<Fact> facts = new ArrayList<>();
        findings.modelType().ifPresent(type -> facts.add(new Fact("model type (config.json)", Text.escape(type))));
        findings.tied().ifPresent(tied -> facts.add(new Fact("output head", head(findings, tied))));
        facts.add(new Fact(
                "tokenizer",
                findings.tokenizer()
                        .map(known -> Figures.of(known.tokens(), "token")
                                + (known.beyond() > 0
                                        ? ", %s of them without a row".formatted(Figures.count(known.beyond()))
                                        : ""))
                        .orElse("none found: tokens have ids only")));
        facts.add(
                new Fact("neighbours", "within k = 1 to %s (--cells)".formatted(Figures.of(findings.cells(), "cell"))));
        return new Facts(facts);
    }

    private static String head(CheckpointFindings findings, boolean tied) {
        if (tied) {
            return "none of its own: the embeddings are the output head (tied)";
        }
        String where = findings.matrices().size() > 1 ? "below" : "not in these files";
        return "a matrix of its own, " + where;
    }

    private static Section rows(CheckpointFindings findings, Inspected matrix) {
        Structure s = matrix.structure();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("tokens", Figures.count(s.tokens())),
                new Fact("distinct rows", Figures.count(s.distinct())),
                new Fact("black holes (C)", Figures.count(s.blackHoles())),
                new Fact(
                        "tokens in them (P)",
                        "%s (%s)"
                                .formatted(
                                        Figures.count(s.tokensInBlackHoles()),
                                        Figures.percent((double) s.tokensInBlackHoles() / s.tokens()))),
                new Fact("singletons", Figures.count(s.singletons())),
                new Fact("concentration", Figures.number(s.concentration())),
                new Fact("tokens of each black hole", Figures.populations(s.blackHolePopulations()))));
        findings.publishedPopulations()
                .ifPresent(published -> facts.add(new Fact(
                        "published for a 4B model of this shape",
                        Figures.populations(published.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray()) + " (for orientation)")));
        return Section.of(
                "Rows of %s, %s [%s, %s]"
                        .formatted(
                                name(matrix),
                                matrix.format(),
                                Figures.count(matrix.rows()),
                                Figures.count(matrix.columns())),
                new Facts(facts));
    }

    private static Section holes(CheckpointFindings findings, Inspected matrix) {
        int limit = findings.cells();
        String title = "Black holes of %s: rows equal bit for bit, -0 and +0 apart".formatted(name(matrix));
        if (matrix.holes().isEmpty()) {
            return Section.of(title, new Paragraph("None: no two rows are equal bit for bit."));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(LISTED, matrix.holes().size()); i++) {
            Hole hole = matrix.holes().get(i);
            rows.add(List.of(
                    Integer.toString(i + 1),
                    Figures.count(hole.population()),
                    Figures.number(hole.norm()),
                    cells(hole.nearest(), limit),
                    Figures.count(hole.neighbours()),
                    TokenNames.list(hole.tokens(), findings.tokenizer().isPresent())));
        }
        List<Block> blocks = new ArrayList<>(List.of(new Table(
                List.of(
                        "#",
                        "tokens",
                        "L2 norm",
                        "nearest row (cells)",
                        "rows within " + limit,
                        tokenHeading(findings)),
                rows,
                Table.Kind.TEXT)));
        more(blocks, matrix.holes().size(), "black hole");
        return new Section(title, blocks);
    }

    private static Section distances(Inspected matrix) {
        HoleDistances distances = matrix.distances();
        int shown = Math.min(TABULATED, distances.between().length);
        List<String> headings = new ArrayList<>(List.of("#"));
        List<List<String>> rows = new ArrayList<>();
        for (int a = 0; a < shown; a++) {
            headings.add(Integer.toString(a + 1));
            List<String> row = new ArrayList<>(List.of(Integer.toString(a + 1)));
            for (int b = 0; b < shown; b++) {
                row.add(Figures.count(distances.cells()[a][b]));
            }
            rows.add(row);
        }
        List<Block> blocks = new ArrayList<>(List.of(new Table(headings, rows, Table.Kind.NAMED_NUMBERS)));
        blocks.add(new Paragraph("Furthest apart among the largest %s: %s. A change of sign counts every value between."
                .formatted(Figures.count(distances.between().length), Figures.of(distances.furthest(), "cell"))));
        return new Section(
                "Distances of its black holes from each other, in cells (L-infinity on the lattice)", blocks);
    }

    private static Section neighbours(Inspected matrix) {
        List<List<String>> rows = matrix.structure().adjacency().stream()
                .map(level -> List.of(
                        Integer.toString(level.cells()),
                        Figures.count(level.edges()),
                        Figures.scientific(level.density()),
                        Figures.count(level.nodesWithNeighbour()),
                        Figures.count(level.tokensWithNeighbour()),
                        Figures.count(level.components()),
                        Figures.count(level.largestComponent())))
                .toList();
        return Section.of(
                "Adjacency of its distinct rows: an edge where no component is further than k cells",
                new Table(
                        List.of("k", "edges", "density", "rows with one", "tokens there", "components", "largest"),
                        rows,
                        Table.Kind.NAMED_NUMBERS),
                new Paragraph("Exact: %s of %s pairs had to be compared, all others are further apart."
                        .formatted(
                                Figures.count(matrix.structure().comparedPairs()),
                                Figures.count(matrix.structure().possibleEdges()))));
    }

    private static Section region(CheckpointFindings findings, Inspected matrix) {
        int limit = findings.cells();
        String title = "The region around its black holes: rows reachable from one in steps of at most %s"
                .formatted(Figures.of(limit, "cell"));
        Adjacent last = matrix.structure().adjacency().getLast();
        if (last.connected().isEmpty()) {
            return Section.of(title, new Paragraph("No black hole has a neighbour."));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Table(
                List.of("component", "rows", "black holes", "singletons", "tokens"),
                IntStream.range(0, Math.min(LISTED, last.connected().size()))
                        .mapToObj(i -> {
                            CheckpointFindings.Region part = last.connected().get(i);
                            return List.of(
                                    Integer.toString(i + 1),
                                    Figures.count(part.nodes()),
                                    Figures.count(part.blackHoles()),
                                    Figures.count(part.nodes() - part.blackHoles()),
                                    Figures.count(part.tokens()));
                        })
                        .toList(),
                Table.Kind.NAMED_NUMBERS));
        more(blocks, last.connected().size(), "component");
        List<NearRow> singletons = matrix.near().stream()
                .filter(row -> row.inRegion() && row.population() == 1)
                .sorted((a, b) -> Long.compare(distance(a), distance(b)))
                .toList();
        if (!singletons.isEmpty()) {
            blocks.add(new Table(
                    List.of("to a black hole (cells)", "rows within " + limit, "singleton"),
                    singletons.stream()
                            .limit(LISTED)
                            .map(row -> List.of(
                                    cells(row.toBlackHole(), limit),
                                    Figures.count(row.neighbours()),
                                    TokenNames.of(
                                            row.token(), findings.tokenizer().isPresent())))
                            .toList(),
                    Table.Kind.TEXT));
            more(blocks, singletons.size(), "singleton");
        }
        return new Section(title, blocks);
    }

    private static Section unreachable(Inspected matrix, Unreachable unreachable) {
        String ids = Figures.ids(unreachable.ids());
        String shown = ids.length() <= ID_CHARACTERS
                ? ids
                : ids.substring(0, ids.lastIndexOf(',', ID_CHARACTERS)) + " ... (all with --json)";
        return Section.of(
                "Unreachable ids of %s: rows that no token of tokenizer.json has".formatted(name(matrix)),
                Facts.of(
                        new Fact("ids", Figures.count(unreachable.ids().length)),
                        new Fact("of them in black holes", Figures.count(unreachable.inBlackHoles())),
                        new Fact("which", shown)));
    }

    private static Section against(CheckpointFindings findings, Against run) {
        List<String> headings = new ArrayList<>(List.of("rows"));
        List<Structure> structures = new ArrayList<>();
        for (Inspected matrix : findings.matrices()) {
            headings.add(structures.isEmpty() ? "checkpoint" : "its head");
            structures.add(matrix.structure());
        }
        headings.add("run: all");
        structures.add(run.all());
        run.dead().ifPresent(dead -> {
            headings.add("run: dead");
            structures.add(dead);
        });
        return Section.of(
                "Beside step %s of %s%s in %s, %s of width %s"
                        .formatted(
                                Figures.count(run.step()),
                                run.experiment(),
                                run.step() < run.steps() ? " (%s)".formatted(Figures.of(run.steps(), "step")) : "",
                                Text.escape(run.run()),
                                run.format(),
                                Figures.count(run.columns())),
                new Table(headings, SideBySide.rows(structures), Table.Kind.NAMED_NUMBERS),
                new Paragraph("Demographics, the tokens of each black hole, largest first:"),
                new Facts(IntStream.range(0, structures.size())
                        .mapToObj(i -> new Fact(
                                headings.get(i + 1),
                                Figures.populations(structures.get(i).blackHolePopulations())))
                        .toList()),
                new Paragraph(
                        "A cell is a step of the lattice that a matrix is stored on, so cells of different formats "
                                + "are different distances."));
    }

    private static String tokenHeading(CheckpointFindings findings) {
        return findings.tokenizer().isPresent()
                ? "token ids and texts (%s: a space)".formatted(TokenNames.SPACE)
                : "token ids";
    }

    private static String name(Inspected matrix) {
        String name = Text.escape(matrix.tensor());
        return name.length() <= NAME_CHARACTERS ? name : name.substring(0, NAME_CHARACTERS) + "\u2026";
    }

    private static void more(List<Block> blocks, int all, String thing) {
        if (all > LISTED) {
            blocks.add(new Paragraph(
                    "and %s more, listed with --json.".formatted(Figures.of((long) all - LISTED, thing))));
        }
    }

    private static long distance(NearRow row) {
        return row.toBlackHole().isPresent() ? row.toBlackHole().getAsInt() : Long.MAX_VALUE;
    }

    private static String cells(OptionalInt distance, int limit) {
        return distance.isPresent() ? Figures.count(distance.getAsInt()) : "over " + limit;
    }
}
