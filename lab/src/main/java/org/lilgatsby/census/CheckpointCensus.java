package org.lilgatsby.census;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.CellDistances;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Neighbours;
import org.lilgatsby.analysis.Neighbours.Component;
import org.lilgatsby.analysis.Neighbours.Level;
import org.lilgatsby.analysis.Neighbours.Near;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.census.CheckpointFindings.Adjacent;
import org.lilgatsby.census.CheckpointFindings.Against;
import org.lilgatsby.census.CheckpointFindings.Hole;
import org.lilgatsby.census.CheckpointFindings.HoleDistances;
import org.lilgatsby.census.CheckpointFindings.Inspected;
import org.lilgatsby.census.CheckpointFindings.Named;
import org.lilgatsby.census.CheckpointFindings.NearRow;
import org.lilgatsby.census.CheckpointFindings.Region;
import org.lilgatsby.census.CheckpointFindings.Structure;
import org.lilgatsby.census.CheckpointFindings.Unreachable;
import org.lilgatsby.checkpoint.Vocabulary;
import org.lilgatsby.files.Text;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;

/** Finds black holes and near rows in matrices whose rows are tokens. */
public final class CheckpointCensus {
    /** Maximum number of black holes in the table of their distances. */
    public static final int MOST_DISTANCES = 64;

    private final int cells;
    private final Optional<Vocabulary> vocabulary;
    private final AnalysisKernels kernels;

    /**
     * Prepares a census.
     *
     * @param cells how far to look for neighbours, from 1 to {@link Neighbours#MAX_LIMIT}
     * @param vocabulary the tokens of the ids, where known
     * @param kernels used to compare near rows
     */
    public CheckpointCensus(int cells, Optional<Vocabulary> vocabulary, AnalysisKernels kernels) {
        this.cells = cells;
        this.vocabulary = vocabulary;
        this.kernels = kernels;
    }

    /**
     * Inspects a tensor [rows, columns].
     *
     * @throws IllegalArgumentException if it has no rows or columns, more than an int can count, or a non-numeric type
     */
    public Inspected inspect(TensorView view) {
        Matrix matrix = matrix(view);
        Census census = Census.of(matrix, Tokens.all(matrix.rows()));
        Neighbours neighbours = Neighbours.of(matrix, census, cells, kernels);
        CellDistances between = CellDistances.ofBlackHoles(matrix, census, MOST_DISTANCES);
        return new Inspected(
                view.spec().name(),
                matrix.format(),
                matrix.rows(),
                matrix.columns(),
                structure(census, neighbours),
                holes(matrix, census, neighbours),
                new HoleDistances(between.tokens(), between.cells(), between.furthest()),
                near(neighbours),
                vocabulary.map(known -> unreachable(known, census)));
    }

    /** The last recorded state of a run, for comparison. */
    public Against against(String name, RunData run) {
        Matrix last = run.embeddings().last();
        int[] dead = run.manifest().corpus().dead();
        return new Against(
                name,
                run.config().name(),
                run.embeddings().step(run.embeddings().size() - 1),
                run.config().training().steps(),
                last.format(),
                last.columns(),
                structure(last, Tokens.all(last.rows())),
                dead.length == 0 ? Optional.empty() : Optional.of(structure(last, Tokens.of(dead))));
    }

    /** The tensor as a matrix. @throws IllegalArgumentException as {@link #inspect} */
    public static Matrix matrix(TensorView view) {
        TensorSpec spec = view.spec();
        FloatFormat format = switch (spec.dtype()) {
            case BF16 -> FloatFormat.BF16;
            case F16 -> FloatFormat.F16;
            case F32 -> FloatFormat.F32;
            case F64 -> FloatFormat.F64;
            default ->
                throw new IllegalArgumentException("tensor %s is %s, not of F16, BF16, F32 or F64"
                        .formatted(Text.quote(spec.name()), spec.dtype()));
        };
        boolean countable = spec.shape().rank() == 2
                && IntStream.range(0, 2)
                        .allMatch(axis -> spec.shape().dimension(axis) >= 1
                                && spec.shape().dimension(axis) <= Integer.MAX_VALUE - 8);
        if (!countable) {
            throw new IllegalArgumentException("tensor %s has the shape %s, whose rows cannot be counted"
                    .formatted(Text.quote(spec.name()), spec.shape()));
        }
        return Matrix.of(view.data(), format, (int) spec.shape().dimension(0), (int)
                spec.shape().dimension(1));
    }

    private Structure structure(Matrix matrix, Tokens tokens) {
        Census census = Census.of(matrix, tokens);
        return structure(census, Neighbours.of(matrix, census, cells, kernels));
    }

    private static Structure structure(Census census, Neighbours neighbours) {
        return new Structure(
                census.tokens(),
                census.distinct(),
                census.blackHoleCount(),
                census.tokensInBlackHoles(),
                census.singletons(),
                census.largest(),
                census.concentration(),
                census.blackHoles().stream().mapToInt(BlackHole::population).toArray(),
                neighbours.possibleEdges(),
                neighbours.compared(),
                neighbours.levels().stream()
                        .map(level -> adjacent(level, neighbours))
                        .toList());
    }

    private static Adjacent adjacent(Level level, Neighbours all) {
        int isolated = all.nodes() - level.nodesWithNeighbour();
        return new Adjacent(
                level.cells(),
                level.edges(),
                all.possibleEdges() == 0 ? 1 : (double) level.edges() / all.possibleEdges(),
                level.nodesWithNeighbour(),
                level.tokensWithNeighbour(),
                isolated,
                level.components().size() + isolated,
                level.components().isEmpty() ? Math.min(all.nodes(), 1) : level.largestComponent(),
                level.components().stream()
                        .filter(component -> component.blackHoles() > 0)
                        .map(part -> new Region(part.nodes().size(), part.blackHoles(), part.tokens()))
                        .toList());
    }

    private List<Hole> holes(Matrix matrix, Census census, Neighbours neighbours) {
        List<Hole> holes = new ArrayList<>();
        for (BlackHole hole : census.blackHoles()) {
            Optional<Near> near = neighbours.near(hole.representative());
            holes.add(new Hole(
                    IntStream.of(hole.tokens().toArray()).mapToObj(this::named).toList(),
                    new Vector(matrix.values(hole.representative())).norm(),
                    near.map(Near::neighbours).orElse(0),
                    near.map(found -> OptionalInt.of(found.nearest())).orElse(OptionalInt.empty())));
        }
        return holes;
    }

    private List<NearRow> near(Neighbours neighbours) {
        Set<Integer> inRegion = new HashSet<>();
        neighbours.level(cells).components().stream()
                .filter(component -> component.blackHoles() > 0)
                .map(Component::nodes)
                .flatMapToInt(nodes -> IntStream.of(nodes.toArray()))
                .forEach(inRegion::add);
        return neighbours.near().stream()
                .map(near -> new NearRow(
                        named(near.token()),
                        near.population(),
                        near.nearest(),
                        near.neighbours(),
                        near.toBlackHole() < 0 ? OptionalInt.empty() : OptionalInt.of(near.toBlackHole()),
                        inRegion.contains(near.token())))
                .toList();
    }

    private Named named(int id) {
        return new Named(id, vocabulary.flatMap(known -> known.display(id)));
    }

    private static Unreachable unreachable(Vocabulary known, Census census) {
        int[] ids = IntStream.range(0, census.tokens())
                .filter(id -> !known.contains(id))
                .toArray();
        long inHoles = census.blackHoles().stream()
                .flatMapToInt(hole -> IntStream.of(hole.tokens().toArray()))
                .filter(id -> !known.contains(id))
                .count();
        return new Unreachable(ids, (int) inHoles);
    }
}
