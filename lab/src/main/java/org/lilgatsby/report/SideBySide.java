package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lilgatsby.census.CheckpointFindings.Adjacent;
import org.lilgatsby.census.CheckpointFindings.Structure;
import org.lilgatsby.experiment.Figures;

/** The same figures of several matrices, one column each. */
final class SideBySide {
    private final List<Structure> structures;
    private final List<List<String>> rows = new ArrayList<>();

    private SideBySide(List<Structure> structures) {
        this.structures = structures;
    }

    /** The rows of a table; the first cell of each row names the figure. */
    static List<List<String>> rows(List<Structure> structures) {
        SideBySide table = new SideBySide(structures);
        table.row("tokens", s -> Figures.count(s.tokens()));
        table.row("distinct rows", s -> Figures.count(s.distinct()));
        table.row("black holes (C)", s -> Figures.count(s.blackHoles()));
        table.row("tokens in them (P)", s -> Figures.count(s.tokensInBlackHoles()));
        table.row("share of tokens in them", s -> Figures.percent((double) s.tokensInBlackHoles() / s.tokens()));
        table.row("singletons", s -> Figures.count(s.singletons()));
        table.row("largest", s -> Figures.count(s.largest()));
        table.row("concentration", s -> Figures.number(s.concentration()));
        int limit = structures.getFirst().adjacency().size();
        table.adjacency(1);
        if (limit > 1) {
            table.adjacency(limit);
        }
        return table.rows;
    }

    private void adjacency(int k) {
        Function<Structure, Adjacent> level = s -> s.adjacency().get(k - 1);
        String within = ", k = " + k;
        row("edges" + within, s -> Figures.count(level.apply(s).edges()));
        row("density" + within, s -> Figures.number(level.apply(s).density()));
        row("rows with a neighbour" + within, s -> Figures.count(level.apply(s).nodesWithNeighbour()));
        row("components" + within, s -> Figures.count(level.apply(s).components()));
        row("largest component" + within, s -> Figures.count(level.apply(s).largestComponent()));
    }

    private void row(String name, Function<Structure, String> figure) {
        List<String> row = new ArrayList<>(List.of(name));
        structures.forEach(structure -> row.add(figure.apply(structure)));
        rows.add(row);
    }
}
