package org.lilgatsby.census;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lilgatsby.analysis.FloatFormat;

/**
 * The findings of the census of a published checkpoint: the document printed by {@code census --json}, whose keys are
 * these names in snake case. Rows are compared bit for bit; distances in cells are L-infinity on the lattice of the
 * tensor's own format. An undefined figure is NaN here and null in JSON.
 *
 * @param schema version of this layout
 * @param path file or directory that was read
 * @param modelType the model type in config.json
 * @param tied whether the embeddings are also the output head; empty if a tensor was named
 * @param tokenizer how tokenizer.json maps to the rows; empty without one
 * @param cells k: how far to look for neighbours
 * @param matrices the embeddings, and the output head if it is separate
 * @param against the same findings for one of our runs, if requested
 * @param publishedPopulations tokens of each black hole of one public 4B model, for orientation: only for a matrix of
 *     that model's shape
 */
public record CheckpointFindings(
        int schema,
        String path,
        Optional<String> modelType,
        Optional<Boolean> tied,
        Optional<Tokenizer> tokenizer,
        int cells,
        List<Inspected> matrices,
        Optional<Against> against,
        Optional<List<Integer>> publishedPopulations) {
    /** Layout that this version writes. */
    public static final int SCHEMA = 1;

    /** Copies the list. */
    public CheckpointFindings {
        matrices = List.copyOf(matrices);
    }

    /**
     * A tokenizer.
     *
     * @param tokens ids that have a token
     * @param beyond how many of them have no row
     */
    public record Tokenizer(int tokens, int beyond) {}

    /**
     * A matrix whose rows are tokens.
     *
     * @param tensor its name
     * @param format of its components
     * @param rows number of tokens
     * @param columns width
     * @param structure which tokens share a row, and which rows are near each other
     * @param holes the black holes, largest first
     * @param distances between black holes, in cells
     * @param near distinct rows that have a neighbour within k cells, by ascending token
     * @param unreachable rows whose id has no token; empty without a tokenizer
     */
    public record Inspected(
            String tensor,
            FloatFormat format,
            int rows,
            int columns,
            Structure structure,
            List<Hole> holes,
            HoleDistances distances,
            List<NearRow> near,
            Optional<Unreachable> unreachable) {}

    /**
     * Groups of equal rows, and the distinct rows as a graph.
     *
     * @param tokens number of rows
     * @param distinct number of distinct rows, the nodes: black holes and singletons
     * @param blackHoles number of groups of two or more rows that are equal bit for bit, C
     * @param tokensInBlackHoles number of rows in them, P
     * @param singletons number of rows equal to no other
     * @param largest rows in the largest black hole; 1 without one, 0 without rows
     * @param concentration sum of the squared shares of all distinct rows
     * @param blackHolePopulations rows of each black hole, largest first
     * @param possibleEdges pairs of nodes
     * @param comparedPairs how many of them had to be compared; all others are known to be further apart
     * @param adjacency for each k, an edge where two nodes are at most k cells apart
     */
    public record Structure(
            int tokens,
            int distinct,
            int blackHoles,
            int tokensInBlackHoles,
            int singletons,
            int largest,
            double concentration,
            int[] blackHolePopulations,
            long possibleEdges,
            long comparedPairs,
            List<Adjacent> adjacency) {}

    /**
     * The graph of distinct rows at one distance.
     *
     * @param cells k
     * @param edges pairs of nodes at most k cells apart
     * @param density edges as a share of the possible ones; 1 without a pair
     * @param nodesWithNeighbour nodes with an edge
     * @param tokensWithNeighbour tokens that have these rows
     * @param isolated nodes without an edge
     * @param components connected parts, isolated nodes included
     * @param largestComponent nodes of the largest part
     * @param connected the parts of two or more nodes that hold a black hole, largest first
     */
    public record Adjacent(
            int cells,
            long edges,
            double density,
            int nodesWithNeighbour,
            int tokensWithNeighbour,
            int isolated,
            int components,
            int largestComponent,
            List<Region> connected) {}

    /**
     * A connected part of the graph that contains black holes.
     *
     * @param nodes distinct rows
     * @param blackHoles how many of them are black holes
     * @param tokens tokens that have these rows
     */
    public record Region(int nodes, int blackHoles, int tokens) {}

    /**
     * A black hole.
     *
     * @param tokens ids of its tokens, ascending
     * @param norm L2 norm of its row
     * @param neighbours distinct rows within k cells
     * @param nearest cells to the nearest other distinct row; empty if it is further than k
     */
    public record Hole(List<Named> tokens, double norm, int neighbours, OptionalInt nearest) {
        /** Number of tokens in it. */
        public int population() {
            return tokens.size();
        }
    }

    /**
     * A token.
     *
     * @param id its row
     * @param text display text, with control characters as numbers; empty without a tokenizer or for an unreachable id
     */
    public record Named(int id, Optional<String> text) {}

    /**
     * How far black holes are from each other.
     *
     * @param between the first token of each that was measured, in the order of the black holes
     * @param cells indexed by both places; 0 on the diagonal
     * @param furthest the largest of them
     */
    public record HoleDistances(int[] between, long[][] cells, long furthest) {}

    /**
     * A distinct row with a neighbour.
     *
     * @param token its first token
     * @param population tokens that have this row
     * @param nearest cells to the nearest other distinct row
     * @param neighbours distinct rows within k cells
     * @param toBlackHole cells to the nearest other row that is a black hole; empty if it is further than k
     * @param inRegion whether steps of at most k cells lead from it to a black hole; true for a black hole itself
     */
    public record NearRow(
            Named token, int population, int nearest, int neighbours, OptionalInt toBlackHole, boolean inRegion) {}

    /**
     * Rows that no text reaches, since their ids have no token.
     *
     * @param ids ascending
     * @param inBlackHoles how many of them are in black holes
     */
    public record Unreachable(int[] ids, int inBlackHoles) {}

    /**
     * One of our runs.
     *
     * @param run its directory
     * @param experiment its name
     * @param step the last recorded step, whose state is examined
     * @param steps number of updates requested; an unfinished run has not reached it
     * @param format of its W
     * @param columns width of its W
     * @param all every token
     * @param dead tokens that never occur in its corpus; empty if all do
     */
    public record Against(
            String run,
            String experiment,
            int step,
            int steps,
            FloatFormat format,
            int columns,
            Structure all,
            Optional<Structure> dead) {}
}
