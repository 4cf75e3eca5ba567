package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.DistanceSeries;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.analysis.Frames;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.FrozenSeries;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.HiddenFrames;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Motion;
import org.lilgatsby.analysis.PairwiseGeometry;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.RegimeSeries;
import org.lilgatsby.analysis.Steps;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RecordedFigures;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenizer.TokenTexts;

/**
 * A run being analysed. What several analyses share is computed once, when the first of them asks. States are read when
 * they are needed and not kept.
 */
public final class AnalysisContext {
    /** The notebooks' own threshold. */
    public static final Threshold TWO_EPSILON = new Threshold.TwoEpsilon();

    /** The finest threshold that the lattice allows. */
    private static final Threshold ONE_CELL = new Threshold.Cells(1);

    /** From this many tokens on, comparing all pairs takes longer than compiling the vector kernels. */
    private static final int MANY = 65;

    private final RunArchive archive;
    private final AnalysisKernels kernels;
    private final Supplier<AnalysisKernels> kernelsForMany;
    private final LiveDeadSplit split;
    private final int[] steps;
    private final Missing missing;
    private final Map<Group, PairwiseGeometry> geometry = new EnumMap<>(Group.class);
    private TokenTexts texts;
    private History embeddings;
    private Evolution evolution;
    private Motion motion;
    private Freezing freezing;
    private PerGroup<FrameSeries> frames;
    private HiddenFrames hiddenFrames;
    private RecordedFigures figures;
    private Places shown = Places.of();
    private AnalysisParameters parameters = AnalysisParameters.NONE;

    /**
     * The context of a run, finished or not.
     *
     * @param kernels kernels that read the recording; results do not depend on them, and scalar ones are faster the
     *     first time
     * @param kernelsForMany kernels that compare all pairs of many rows; results do not depend on them either
     */
    public AnalysisContext(RunArchive archive, AnalysisKernels kernels, Supplier<AnalysisKernels> kernelsForMany) {
        this.archive = archive;
        this.kernelsForMany = kernelsForMany;
        this.kernels = kernels;
        LiveDeadSplit whole = new LiveDeadSplit(
                Tokens.of(archive.manifest().corpus().live()),
                Tokens.of(archive.manifest().corpus().dead()));
        this.split = archive.config().recording().tokens().isAll() ? whole : whole.of(Tokens.of(archive.tokens()));
        this.steps = archive.recording().steps();
        this.missing = new Missing(archive, whole, split, steps);
    }

    /** The run. */
    public RunArchive archive() {
        return archive;
    }

    /** Live and dead tokens, according to the run's manifest, as far as their rows are recorded. */
    public LiveDeadSplit split() {
        return split;
    }

    /** What token ids stand for. */
    public TokenTexts texts() throws IOException {
        if (texts == null) {
            texts = archive.vocabulary().texts();
        }
        return texts;
    }

    /** Number of recorded states. */
    public int states() {
        return steps.length;
    }

    /** Number of updates before the last recorded state. */
    public int lastStep() {
        return steps[steps.length - 1];
    }

    /** The kernels that read the recording. */
    public AnalysisKernels kernels() {
        return kernels;
    }

    /** The tokens of the selection's group. */
    public Tokens tokens(Selection selection) {
        return split.tokens(selection.group());
    }

    /** When the states were recorded. */
    public Steps steps() {
        return Steps.of(steps);
    }

    /** What the recording lacks. */
    public Missing missing() {
        return missing;
    }

    private boolean knowsW() {
        return missing.embeddings().isEmpty();
    }

    private RecordedFigures figures() throws IOException {
        if (figures == null) {
            figures = archive.figures().orElseThrow();
        }
        return figures;
    }

    /** The lives of all tokens, by id: from W, or in cells from recorded figures. */
    public List<TokenLife> lives(Selection selection) throws IOException {
        return knowsW() ? freezing(selection).lives() : figures().lives().orElseThrow();
    }

    /** Tokens of each group that moved, at every place: from W, or from recorded figures. */
    public PerGroup<CountSeries> movers(Selection selection) throws IOException {
        return knowsW()
                ? freezing(selection).frozen().map(FrozenSeries::movers)
                : figures().movers().orElseThrow();
    }

    /** Tokens of each group in each regime, at the places that are shown: from W, or from recorded figures. */
    public PerGroup<Map<Regime, CountSeries>> regimes(Selection selection) throws IOException {
        return knowsW()
                ? evolution(selection).regimes().map(RegimeSeries::tokens)
                : figures().regimes().orElseThrow();
    }

    /** W at every recorded step. */
    public History embeddings() throws IOException {
        if (embeddings == null) {
            embeddings = archive.embeddings();
        }
        return embeddings;
    }

    /** An observable at every recorded step or update; empty if it was not recorded. */
    public Optional<History> history(Observable observable) throws IOException {
        return archive.history(observable);
    }

    /** Discards what was computed for states that the selection does not show, or for other parameters. */
    private void show(Selection selection) {
        Places wanted = Places.of(places(selection));
        if (!wanted.equals(shown)) {
            shown = wanted;
            evolution = null;
            motion = null;
            freezing = null;
            frames = null;
            geometry.clear();
        }
        if (!selection.parameters().equals(parameters)) {
            parameters = selection.parameters();
            geometry.clear();
        }
    }

    /** When two rows are adjacent: as the selection says, otherwise within the notebooks' own 2 epsilon. */
    public static Threshold threshold(Selection selection) {
        return selection
                .parameters()
                .threshold(Metric.L_INFINITY)
                .<Threshold>map(t -> t)
                .orElse(TWO_EPSILON);
    }

    /** The evolution, with figures for the states that the selection shows. */
    public Evolution evolution(Selection selection) throws IOException {
        show(selection);
        if (evolution == null) {
            evolution = Evolution.of(embeddings(), split, shown, kernels);
        }
        return evolution;
    }

    /** The motion, likewise. */
    public Motion motion(Selection selection) throws IOException {
        show(selection);
        if (motion == null) {
            motion = Motion.of(embeddings(), split, shown, kernels);
        }
        return motion;
    }

    /** How W comes to rest, likewise. */
    public Freezing freezing(Selection selection) throws IOException {
        show(selection);
        if (freezing == null) {
            freezing = Freezing.of(embeddings(), split, shown, kernels);
        }
        return freezing;
    }

    /** The groups in the frames of the origin and of their centroids: from W, or from recorded figures. */
    public PerGroup<FrameSeries> frames(Selection selection) throws IOException {
        if (!knowsW()) {
            return figures().frames();
        }
        show(selection);
        if (frames == null) {
            frames = Frames.of(embeddings(), split, shown, kernels);
        }
        return frames;
    }

    /**
     * The mean hidden states beside the centroid of the dead tokens, at every place.
     *
     * @throws java.util.NoSuchElementException if no mean hidden state was recorded
     */
    public HiddenFrames hiddenFrames() throws IOException {
        if (hiddenFrames == null) {
            History hidden = history(Observables.MEAN_HIDDEN).orElseThrow();
            hiddenFrames = HiddenFrames.of(hidden, embeddings(), split.dead(), kernels);
        }
        return hiddenFrames;
    }

    /** The geometry of the selection's group, likewise: at the selection's threshold, and at one cell. */
    public PairwiseGeometry geometry(Selection selection) throws IOException {
        show(selection);
        Group group = selection.group();
        PairwiseGeometry known = geometry.get(group);
        if (known == null) {
            Tokens tokens = split.tokens(group);
            AnalysisKernels chosen = tokens.size() >= MANY ? kernelsForMany.get() : kernels;
            List<Threshold> thresholds = List.of(threshold(selection), ONE_CELL);
            int bins = selection.parameters().bins().orElse(DistanceSeries.BINS);
            known = PairwiseGeometry.of(embeddings(), tokens, thresholds, bins, shown, chosen);
            geometry.put(group, known);
        }
        return known;
    }

    /** Computes a figure for each place, on all processors. */
    public static <T> IntFunction<T> each(int[] places, IntFunction<T> figure) {
        List<T> figures = IntStream.of(places).parallel().mapToObj(figure).toList();
        Map<Integer, T> byPlace = new HashMap<>();
        for (int i = 0; i < places.length; i++) {
            byPlace.put(places[i], figures.get(i));
        }
        return byPlace::get;
    }

    /** A table with a row for each of the states that the selection shows. */
    public AnalysisTable.OverTime overTime(Selection selection) {
        return new AnalysisTable.OverTime(places(selection), place -> steps[place]);
    }

    /** The states that the selection shows, by place. */
    public int[] places(Selection selection) {
        if (selection.step().isPresent()) {
            return new int[] {place(selection.step().getAsInt())};
        }
        return selection.detail().places(steps);
    }

    /**
     * The updates that the selection shows, by place: of a step that it names, the last recorded one up to it.
     *
     * @param computed what updates computed; place 0 is of none
     */
    public int[] updates(History computed, Selection selection) {
        int[] places = selection.step().isPresent()
                ? places(selection)
                : selection
                        .detail()
                        .places(IntStream.range(0, computed.size())
                                .map(computed::step)
                                .toArray());
        return IntStream.of(places).filter(place -> place > 0).toArray();
    }

    /** The place of the state that the selection names, otherwise of the last. */
    public int onePlace(Selection selection) {
        return selection.step().isPresent() ? place(selection.step().getAsInt()) : steps.length - 1;
    }

    /** W in the state that the selection names, otherwise in the last. */
    public Matrix oneMatrix(Selection selection) throws IOException {
        return embeddings().matrix(onePlace(selection));
    }

    private int place(int step) {
        return Arrays.binarySearch(steps, step);
    }

    /**
     * Checks that a step was recorded.
     *
     * @throws SettingException if it was not
     */
    void requireRecorded(OptionalInt step) {
        if (step.isEmpty() || place(step.getAsInt()) >= 0) {
            return;
        }
        throw new SettingException(
                "",
                "step %d was not recorded; the recording holds %s up to %d"
                        .formatted(
                                step.getAsInt(),
                                archive.config().recording().steps().inWords(),
                                lastStep()));
    }
}
