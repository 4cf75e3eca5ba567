package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Divergence;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.settings.SettingException;

/**
 * How far W of one run is from that of another, over the states and tokens that both recorded.
 *
 * @param group whose rows are compared, by the first run
 * @param divergence the distances
 * @param first the first run, which names the tokens
 */
public record RunPair(Group group, Divergence divergence, RunArchive first) {
    /**
     * Compares two runs.
     *
     * @param chosen whose rows; empty for those of dead tokens, or of all if no token is dead
     * @throws SettingException if there is nothing to compare, saying why
     * @throws IOException if a recording cannot be read
     */
    public static RunPair of(RunArchive a, RunArchive b, Optional<Group> chosen) throws IOException {
        for (RunArchive run : List.of(a, b)) {
            Optional<String> missing = run.embeddingsMissing();
            if (missing.isPresent()) {
                throw new SettingException(
                        "", "%s: %s".formatted(run.directory().root(), missing.get()));
            }
        }
        History first = a.embeddings();
        History second = b.embeddings();
        if (first.rows() != second.rows() || first.columns() != second.columns()) {
            throw new SettingException(
                    "",
                    ("W is [%d, %d] in one run and [%d, %d] in the other; only matrices of the same shape can be "
                                    + "compared")
                            .formatted(first.rows(), first.columns(), second.rows(), second.columns()));
        }
        if (first.format() != second.format()) {
            throw new SettingException(
                    "",
                    "W is seen as %s in one run and as %s in the other; add --view bf16"
                            .formatted(first.format(), second.format()));
        }
        if (Divergence.shared(first, second).length == 0) {
            throw new SettingException("", "the runs recorded no step in common");
        }
        LiveDeadSplit split = new LiveDeadSplit(
                Tokens.of(a.manifest().corpus().live()),
                Tokens.of(a.manifest().corpus().dead()));
        Group group = chosen.orElse(split.dead().size() > 0 ? Group.DEAD : Group.ALL);
        Tokens tokens = shared(split.tokens(group), a, b);
        if (tokens.size() == 0) {
            throw new SettingException("", "the runs recorded no row of the group %s in common".formatted(group));
        }
        return new RunPair(group, Divergence.of(first, second, tokens), a);
    }

    private static Tokens shared(Tokens group, RunArchive a, RunArchive b) {
        int[] ofA = a.tokens();
        int[] ofB = b.tokens();
        return Tokens.of(IntStream.of(group.toArray())
                .filter(id -> Arrays.binarySearch(ofA, id) >= 0 && Arrays.binarySearch(ofB, id) >= 0)
                .toArray());
    }

    /** A row for each shared state, or for some of them. */
    public AnalysisTable byStep(Selection.Detail detail) {
        List<Divergence.State> states = divergence.states();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("step", "", "updates before the state")
                .column("identical", "", "tokens whose rows are equal bit for bit")
                .column("l2_mean", "W", "L2 distance of a token's rows, mean over the tokens")
                .column("l2_median", "W", "median")
                .column("l2_max", "W", "largest")
                .column("linf_max", "W", "largest L-infinity distance of a token's rows")
                .column("cells_max", "", "largest distance of two components, in cells")
                .column("centroids", "W", "L2 distance of the centroids of these tokens");
        int[] steps = states.stream().mapToInt(Divergence.State::step).toArray();
        for (int place : detail.places(steps)) {
            Divergence.State state = states.get(place);
            table.row(
                    state.step(),
                    state.identical(),
                    state.l2().mean(),
                    state.l2().median(),
                    state.l2().max(),
                    state.lInfinity(),
                    state.cells(),
                    state.centroids());
        }
        return table.table();
    }

    /** A row for each token. */
    public AnalysisTable byToken() throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("identical", "", "states in which its rows are equal bit for bit")
                .column("states", "", "states that both runs recorded")
                .column("first_different", "", "the first step at which they are not")
                .column("l2", "W", "L2 distance in the last of these states")
                .column("linf", "W", "L-infinity distance there")
                .column("cells", "", "distance of the components furthest apart there, in cells")
                .column("l2_max", "W", "largest L2 distance")
                .column("l2_max_step", "", "the first step at which it is that large");
        for (Divergence.Token token : divergence.tokens()) {
            table.row(
                    token.token(),
                    token.identical(),
                    divergence.states().size(),
                    AnalysisTable.Never.unless(token.firstDifferent(), Divergence.NEVER),
                    token.l2(),
                    token.lInfinity(),
                    token.cells(),
                    token.largest(),
                    token.largestAt());
        }
        return table.table().named(first.vocabulary().texts());
    }
}
