package org.lilgatsby.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.FigureSeries;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.MoveClass;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.Steps;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.Recording;

/**
 * What figures that were recorded while training say of how W came to rest, where its rows were not recorded. Counts
 * and steps are exact, other figures rounded to float32. A figure of a step is that of the update whose outcome was
 * recorded, not of those between the recorded states.
 *
 * @param steps when states were recorded
 * @param movers tokens that moved in each update; empty if neither {@code regimes} nor {@code last_motion} was recorded
 * @param regimes tokens in each regime; empty if {@code regimes} was not recorded
 * @param lives last steps in cells, by token: of every size from {@code last_moves}, of any motion alone from
 *     {@code last_motion}, none in ULP; empty if neither was recorded
 * @param frames from {@code radii}, {@code centroids}, {@code norms}, {@code speeds} and {@code regimes}; NaN where the
 *     figure was not recorded, no token still without {@code regimes}
 */
public record RecordedFigures(
        Steps steps,
        Optional<PerGroup<CountSeries>> movers,
        Optional<PerGroup<Map<Regime, CountSeries>>> regimes,
        Optional<List<TokenLife>> lives,
        PerGroup<FrameSeries> frames) {
    /** What they come from. */
    private static final List<Observable> READ = List.of(
            Observables.REGIMES,
            Observables.LAST_MOTION,
            Observables.LAST_MOVES,
            Observables.SPEEDS,
            Observables.CENTROIDS,
            Observables.RADII,
            Observables.NORMS);

    /**
     * The figures of a recording; empty if it has none of them.
     *
     * @param tokens ids whose rows are recorded, ascending
     * @param split of the whole vocabulary
     */
    static Optional<RecordedFigures> of(Recording recording, int[] tokens, LiveDeadSplit split) throws IOException {
        if (recording.rows() == 0 || READ.stream().noneMatch(recording::has)) {
            return Optional.empty();
        }
        Reader reader = new Reader(recording, tokens, split);
        return Optional.of(reader.figures());
    }

    /** Reads the rows. */
    private static final class Reader {
        private final Recording recording;
        private final int[] tokens;
        private final LiveDeadSplit split;
        private final int rows;

        Reader(Recording recording, int[] tokens, LiveDeadSplit split) {
            this.recording = recording;
            this.tokens = tokens;
            this.split = split;
            this.rows = recording.rows();
        }

        RecordedFigures figures() throws IOException {
            Optional<PerGroup<Map<Regime, CountSeries>>> regimes = regimes();
            Optional<PerGroup<CountSeries>> movers = regimes.isPresent()
                    ? Optional.of(PerGroup.of(group -> movers(regimes.get().get(group))))
                    : moversByLastMotion();
            return new RecordedFigures(Steps.of(recording.steps()), movers, regimes, lives(), frames(regimes));
        }

        private Optional<PerGroup<Map<Regime, CountSeries>>> regimes() throws IOException {
            Optional<float[][]> all = read(Observables.REGIMES);
            int each = Regime.values().length;
            return all.map(values -> PerGroup.of(group -> {
                Map<Regime, CountSeries> counts = new EnumMap<>(Regime.class);
                for (Regime regime : Regime.values()) {
                    int at = group.ordinal() * each + regime.ordinal();
                    counts.put(regime, counts(values, at));
                }
                return counts;
            }));
        }

        private CountSeries movers(Map<Regime, CountSeries> regimes) {
            return CountSeries.of(IntStream.range(0, rows)
                    .map(place -> regimes.keySet().stream()
                            .filter(regime -> regime != Regime.FROZEN)
                            .mapToInt(regime -> regimes.get(regime).at(place))
                            .sum())
                    .toArray());
        }

        /** A token moved in an update if it is the last that moved it at that time. */
        private Optional<PerGroup<CountSeries>> moversByLastMotion() throws IOException {
            if (!recording.has(Observables.LAST_MOTION)) {
                return Optional.empty();
            }
            boolean[] isDead = new boolean[split.all().size()];
            IntStream.of(split.dead().toArray()).forEach(token -> isDead[token] = true);
            int[][] movers = new int[Group.values().length][rows];
            for (int place = 1; place < rows; place++) {
                float[] last = recording.row(Observables.LAST_MOTION, place).toFloats();
                int step = recording.steps()[place];
                for (int i = 0; i < tokens.length; i++) {
                    if (last[i] == step) {
                        movers[Group.ALL.ordinal()][place]++;
                        movers[(isDead[tokens[i]] ? Group.DEAD : Group.LIVE).ordinal()][place]++;
                    }
                }
            }
            return Optional.of(PerGroup.of(group -> CountSeries.of(movers[group.ordinal()])));
        }

        /** By token, also those that were not recorded, as if they had never moved. */
        private Optional<List<TokenLife>> lives() throws IOException {
            boolean all = recording.has(Observables.LAST_MOVES);
            if (!all && !recording.has(Observables.LAST_MOTION)) {
                return Optional.empty();
            }
            List<MoveClass> known = all ? List.of(MoveClass.values()) : List.of(MoveClass.ANY);
            float[] last = recording
                    .row(all ? Observables.LAST_MOVES : Observables.LAST_MOTION, rows - 1)
                    .toFloats();
            float[] byToken = new float[split.all().size() * known.size()];
            for (int i = 0; i < tokens.length; i++) {
                System.arraycopy(last, i * known.size(), byToken, tokens[i] * known.size(), known.size());
            }
            List<TokenLife> lives = new ArrayList<>();
            for (int token = 0; token < split.all().size(); token++) {
                Map<MoveClass, Integer> steps = new EnumMap<>(MoveClass.class);
                for (int i = 0; i < known.size(); i++) {
                    steps.put(known.get(i), (int) byToken[token * known.size() + i]);
                }
                lives.add(new TokenLife(token, steps, Map.of()));
            }
            return Optional.of(List.copyOf(lives));
        }

        private PerGroup<FrameSeries> frames(Optional<PerGroup<Map<Regime, CountSeries>>> regimes) throws IOException {
            Optional<float[][]> norms = read(Observables.NORMS);
            Optional<float[][]> radii = read(Observables.RADII);
            Optional<float[][]> centroids = read(Observables.CENTROIDS);
            Optional<float[][]> speeds = read(Observables.SPEEDS);
            FigureSeries unknown = FigureSeries.of(rows, _ -> Double.NaN);
            return PerGroup.of(group -> new FrameSeries(
                    series(norms, 3 * group.ordinal() + 1),
                    series(norms, 3 * group.ordinal() + 2),
                    series(radii, 3 * group.ordinal() + 1),
                    series(radii, 3 * group.ordinal() + 2),
                    FigureSeries.of(
                            rows,
                            place -> centroids
                                    .map(values -> norm(values[place], group))
                                    .orElse(Double.NaN)),
                    FigureSeries.of(
                            rows,
                            place -> place == 0
                                    ? Double.NaN
                                    : speeds.map(values -> (double) values[place][2 * group.ordinal()])
                                            .orElse(Double.NaN)),
                    regimes.map(counts -> counts.get(group).get(Regime.FROZEN))
                            .orElseGet(() -> CountSeries.of(new int[rows])),
                    unknown,
                    unknown,
                    unknown));
        }

        private static double norm(float[] centroids, Group group) {
            int width = centroids.length / Group.values().length;
            double squares = 0;
            for (int j = 0; j < width; j++) {
                double component = centroids[group.ordinal() * width + j];
                squares += component * component;
            }
            return Math.sqrt(squares);
        }

        private FigureSeries series(Optional<float[][]> figure, int at) {
            return FigureSeries.of(
                    rows,
                    place -> figure.map(values -> (double) values[place][at]).orElse(Double.NaN));
        }

        private static CountSeries counts(float[][] values, int at) {
            return CountSeries.of(
                    Arrays.stream(values).mapToInt(row -> (int) row[at]).toArray());
        }

        private Optional<float[][]> read(Observable figure) throws IOException {
            if (!recording.has(figure)) {
                return Optional.empty();
            }
            float[][] values = new float[rows][];
            for (int row = 0; row < rows; row++) {
                values[row] = recording.row(figure, row).toFloats();
            }
            return Optional.of(values);
        }
    }
}
