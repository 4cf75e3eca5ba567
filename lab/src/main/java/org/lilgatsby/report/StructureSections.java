package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.Findings.CommonVector;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.Lattice;
import org.lilgatsby.experiment.Findings.Start;
import org.lilgatsby.experiment.Findings.State;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.Section;

/** Which tokens share a row at the start and at the end, how close the others are, and where the rows lie. */
final class StructureSections {
    /** Number of black holes listed with their tokens. */
    private static final int LISTED = 20;

    /** Number of components of a vector that are shown, the same as in the notebooks. */
    private static final int SHOWN_COMPONENTS = 8;

    /** The density from which the notebooks speak of a densely connected graph. */
    private static final double DENSE = 0.5;

    private StructureSections() {}

    static List<Section> of(Findings findings) {
        List<Section> sections = new ArrayList<>();
        sections.add(start(findings.start()));
        sections.add(census(findings.structure().initial(), findings.structure().end()));
        sections.add(demographics(
                findings.structure().initial(), findings.structure().end(), findings.names()));
        sections.add(topology(findings));
        sections.add(lattice(findings));
        return sections;
    }

    private static Section start(Start start) {
        List<Fact> facts = new ArrayList<>();
        if (start.common().isPresent()) {
            CommonVector common = start.common().get();
            facts.add(new Fact("L2 norm of the common vector, as drawn", Figures.number(common.norm())));
            facts.add(new Fact("mean of its components", Figures.scientific(common.mean())));
            facts.add(new Fact("its components, the first", firstOf(common.components())));
        }
        facts.add(new Fact("L2 norms of the rows, as drawn (float32)", Figures.range(start.drawnNorms())));
        facts.add(new Fact("L2 norms of the rows, as stored", Figures.range(start.storedNorms())));
        facts.add(new Fact("L2 norm of the centroid, as drawn", Figures.number(start.drawnCentroidNorm())));
        facts.add(new Fact("L2 norm of the centroid, as stored", Figures.number(start.storedCentroidNorm())));
        facts.add(new Fact("shift of the centroid by rounding (L2)", Figures.scientific(start.centroidShift())));
        return Section.of("The start, before and after it was rounded", new Facts(facts));
    }

    private static String firstOf(float[] components) {
        return IntStream.range(0, Math.min(SHOWN_COMPONENTS, components.length))
                .mapToObj(i -> Figures.number(components[i]))
                .collect(Collectors.joining(", "));
    }

    private static Section census(State initial, State end) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(initial, end, "tokens", g -> Figures.count(g.tokens())));
        rows.add(row(initial, end, "distinct rows", g -> Figures.count(g.distinct())));
        rows.add(row(initial, end, "black holes (C)", g -> Figures.count(g.blackHoles())));
        rows.add(row(initial, end, "tokens in them (P)", g -> Figures.count(g.tokensInBlackHoles())));
        rows.add(row(initial, end, "singletons", g -> Figures.count(g.singletons())));
        rows.add(row(initial, end, "largest", g -> Figures.count(g.largest())));
        rows.add(row(initial, end, "concentration", g -> Figures.decimals(4, g.concentration())));
        rows.add(row(
                initial, end, "L2 norm, smallest", g -> Figures.number(g.norms().min())));
        rows.add(
                row(initial, end, "L2 norm, mean", g -> Figures.number(g.norms().mean())));
        rows.add(row(
                initial, end, "L2 norm, largest", g -> Figures.number(g.norms().max())));
        rows.add(row(initial, end, "centroid norm", g -> Figures.number(g.centroidNorm())));
        rows.add(row(initial, end, "RMS radius", g -> Figures.number(g.radius())));
        return Section.of(
                "Rows at step %s and at step %s".formatted(Figures.count(initial.step()), Figures.count(end.step())),
                new Table(
                        List.of("rows", "start: all", "live", "dead", "end: all", "live", "dead"),
                        rows,
                        Table.Kind.NAMED_NUMBERS),
                new Paragraph(
                        "Each group is counted on its own: a dead row that equals a live one may be a singleton among "
                                + "the dead. Concentration is the sum of squared shares, 1 for a single black "
                                + "hole; the RMS radius is "
                                + "the root mean square L2 distance from the group's own centroid."));
    }

    private static List<String> row(State initial, State end, String label, Function<Group, String> figure) {
        return Stream.concat(
                        Stream.of(label),
                        Stream.of(initial.all(), initial.live(), initial.dead(), end.all(), end.live(), end.dead())
                                .map(figure))
                .toList();
    }

    private static Section demographics(State initial, State end, List<String> names) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Facts.of(
                new Fact("start, all tokens", Figures.populations(initial.all().populations())),
                new Fact(
                        "start, dead tokens", Figures.populations(initial.dead().populations())),
                new Fact("end, all tokens", Figures.populations(end.all().populations())),
                new Fact("end, dead tokens", Figures.populations(end.dead().populations()))));
        List<int[]> members = end.dead().members();
        if (!members.isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < Math.min(LISTED, members.size()); i++) {
                int[] ids = members.get(i);
                rows.add(List.of(Integer.toString(i + 1), Figures.count(ids.length), TokenNames.ids(ids, names)));
            }
            blocks.add(new Table(List.of("black hole of dead tokens", "tokens", "ids"), rows, Table.Kind.TEXT));
        }
        if (members.size() > LISTED) {
            blocks.add(new Paragraph("and %s more, in report.json.".formatted(Figures.count(members.size() - LISTED))));
        }
        return new Section(
                "Demographics: tokens per distinct row, largest first (1 x7: seven rows of one token)", blocks);
    }

    private static Section topology(Findings findings) {
        String title = "Topology of the dead rows at the end";
        if (findings.structure().topology().isEmpty()) {
            return Section.of(title, new Paragraph("No token is dead."));
        }
        Topology t = findings.structure().topology().get();
        if (t.nodes() == 1) {
            return Section.of(
                    title,
                    new Paragraph("All %s dead rows are equal bit for bit: one point, no pair to compare."
                            .formatted(Figures.count(findings.corpus().dead()))));
        }
        return Section.of(
                title,
                Facts.of(
                        new Fact("distinct rows (nodes)", Figures.count(t.nodes())),
                        new Fact("centroid norm", Figures.number(t.centroidNorm())),
                        new Fact("epsilon = centroid norm x 2^-7", Figures.scientific(t.epsilon())),
                        new Fact("adjacent if L-infinity is at most 2 epsilon", Figures.scientific(t.threshold())),
                        new Fact(
                                "edges",
                                "%s of %s".formatted(Figures.count(t.edges()), Figures.count(t.possibleEdges()))),
                        new Fact("density", Figures.decimals(6, t.density())),
                        new Fact(
                                "connected components",
                                "%s, the largest of %s; %s"
                                        .formatted(
                                                Figures.count(t.components()),
                                                Figures.of(t.largestComponent(), "row"),
                                                Figures.of(t.isolated(), "isolated row"))),
                        new Fact("in words", inWords(t)),
                        new Fact("L-infinity of distinct pairs", Figures.range(t.linf())),
                        new Fact(
                                "largest L-infinity in epsilon",
                                Figures.ratio(t.linf().max() / t.epsilon())),
                        new Fact("largest L-infinity in true ULP where it lies", Figures.ratio(t.linfUlp())),
                        new Fact(
                                "largest distance in any component",
                                Figures.cells(t.largestCells(), t.largestCellsOnOneSide()))));
    }

    private static String inWords(Topology topology) {
        if (topology.complete()) {
            return "a complete graph: every pair is adjacent";
        }
        return topology.density() >= DENSE ? "densely connected, but not complete" : "sparse";
    }

    private static Section lattice(Findings findings) {
        String title = "Quantisation of the dead rows at the end";
        if (findings.structure().quantization().isEmpty()) {
            return Section.of(title, new Paragraph("No token is dead."));
        }
        Lattice q = findings.structure().quantization().get();
        return Section.of(
                title,
                Facts.of(
                        new Fact(
                                "round trip through bfloat16",
                                q.bf16()
                                        ? "bit for bit: all components lie on the bfloat16 grid"
                                        : "changes %s of %s components"
                                                .formatted(
                                                        Figures.count(q.changedByBf16()),
                                                        Figures.count(q.components()))),
                        new Fact("components", Figures.count(q.components())),
                        new Fact("distinct values among them", Figures.count(q.distinctComponents())),
                        new Fact(
                                "range",
                                "%s to %s".formatted(Figures.scientific(q.min()), Figures.scientific(q.max())))));
    }
}
