package org.lilgatsby.explorer.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;

/**
 * The census of one state.
 *
 * @param groups the black holes, largest first
 * @param figures those of the analysis {@code census}, by its names
 */
public record StateCensus(int step, List<Hole> groups, int[] singletons, Map<String, Object> figures) {
    /**
     * A black hole.
     *
     * @param size number of tokens
     * @param dead how many of them do not occur in the corpus; null where that is not known, as for {@code live}
     * @param live how many do
     * @param norm L2 norm of its row
     */
    public record Hole(int size, int[] tokens, Integer dead, Integer live, double norm) {}

    /**
     * Counts the given tokens of a state.
     *
     * @param split null where it is not known
     */
    public static StateCensus of(int step, Matrix matrix, Tokens tokens, LiveDeadSplit split) {
        Census census = Census.of(matrix, tokens);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("distinct", census.distinct());
        figures.put("black_holes", census.blackHoleCount());
        figures.put("tokens_in_them", census.tokensInBlackHoles());
        figures.put("mean_size", (double) census.tokensInBlackHoles() / census.blackHoleCount());
        figures.put("singletons", census.singletons());
        figures.put("largest", census.largest());
        figures.put("concentration", census.concentration());
        return new StateCensus(
                step,
                census.blackHoles().stream()
                        .map(hole -> hole(matrix, hole, split))
                        .toList(),
                census.singletonTokens().toArray(),
                figures);
    }

    private static Hole hole(Matrix matrix, BlackHole hole, LiveDeadSplit split) {
        int[] tokens = hole.tokens().toArray();
        double norm = new Vector(matrix.values(hole.representative())).norm();
        if (split == null) {
            return new Hole(tokens.length, tokens, null, null, norm);
        }
        int dead = (int) IntStream.of(tokens).filter(split.dead()::contains).count();
        return new Hole(tokens.length, tokens, dead, tokens.length - dead, norm);
    }
}
