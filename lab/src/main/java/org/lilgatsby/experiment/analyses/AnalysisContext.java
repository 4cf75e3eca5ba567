package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.recording.TokenChoice;
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

    /** Up to this many rows, all pairs are compared at every step. */
    private static final int MOST_PAIRED = 2_048;

    private final RunArchive archive;
    private final AnalysisKernels kernels;
    private final Supplier<AnalysisKernels> kernelsForMany;
    private final LiveDeadSplit whole;
    private final LiveDeadSplit split;
    private final int[] steps;
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
        this.whole = new LiveDeadSplit(
                Tokens.of(archive.manifest().corpus().live()),
                Tokens.of(archive.manifest().corpus().dead()));
        this.split = archive.config().recording().tokens().isAll() ? whole : whole.of(Tokens.of(archive.tokens()));
        this.steps = archive.recording().steps();
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

    private boolean knowsW() {
        return withoutEmbeddings().isEmpty();
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

    /**
     * Why the rows of a group cannot be analysed; empty if they can. Where tokens were chosen one by one, a group
     * stands for those of its tokens that were recorded; where a group was chosen, only that one was recorded.
     */
    public Optional<String> withoutRowsOf(Group group) {
        int recorded = split.tokens(group).size();
        int all = whole.tokens(group).size();
        TokenChoice choice = archive.config().recording().tokens();
        if (recorded == all || recorded > 0 && !(choice instanceof TokenChoice.Group)) {
            return Optional.empty();
        }
        String which = recorded == 0 ? "no row" : "only %,d of the %,d rows".formatted(recorded, all);
        return Optional.of("%s of %s tokens %s recorded (recording.tokens is %s); choose %s, or run it again with "
                        .formatted(which, group, recorded == 0 ? "was" : "were", choice, others(group))
                + "--set recording.tokens=all");
    }

    /** Why what needs every row cannot be computed; empty if it can. */
    public Optional<String> withoutEveryRow() {
        int recorded = split.all().size();
        return recorded == whole.all().size()
                ? Optional.empty()
                : Optional.of(
                        ("only the rows of %,d of %,d tokens were recorded, and it needs all of them; run it again "
                                        + "with --set recording.tokens=all")
                                .formatted(recorded, whole.all().size()));
    }

    private String others(Group group) {
        return Arrays.stream(Group.values())
                .filter(other -> other != group && split.tokens(other).size() > 0)
                .filter(other -> withoutRowsOf(other).isEmpty())
                .map(other -> "--tokens " + other)
                .findFirst()
                .orElse("other tokens");
    }

    /** Why there are no differences over equal numbers of updates; empty if there are. */
    public Optional<String> withoutEvenSteps() {
        StepChoice choice = archive.config().recording().steps();
        return choice.rule() instanceof StepChoice.Every
                ? Optional.empty()
                : Optional.of("the recorded states are not equally many updates apart (%s); run it again with --every"
                        .formatted(choice.inWords()));
    }

    /** Why W cannot be analysed; empty if it can. */
    public Optional<String> withoutEmbeddings() {
        return archive.embeddingsMissing();
    }

    /** Why all pairs of rows cannot be compared at every step; empty if they can. */
    public Optional<String> withoutPairs() {
        int rows = archive.config().model().vocabulary();
        return withoutEmbeddings()
                .or(() -> rows > MOST_PAIRED
                        ? Optional.of(("comparing all pairs of %,d rows at every step would take too long; it is done "
                                        + "up to %,d rows")
                                .formatted(rows, MOST_PAIRED))
                        : Optional.empty());
    }

    /** Why there is no group to escape from; empty if there is. */
    public Optional<String> withoutDead() {
        return whole.dead().size() == 0
                ? Optional.of("every token occurs in the corpus, so that there is no dead group")
                : withoutRowsOf(Group.DEAD);
    }

    /** Why there is no motion to analyse; empty if there is. */
    public Optional<String> withoutStep() {
        return steps.length == 1 ? Optional.of("only the state before training was recorded") : Optional.empty();
    }

    /** Why nothing is known of what updates computed, such as gradients; empty if it is. */
    public Optional<String> withoutUpdatesOf(Observable observable, String inWords) {
        return without(observable, inWords).or(this::withoutUpdate);
    }

    private Optional<String> withoutUpdate() {
        int[] updates = archive.recording().updates();
        return updates[updates.length - 1] == 0 ? withoutStep() : Optional.empty();
    }

    /** Why no two states lie one update apart; empty if some do. */
    public Optional<String> withoutPairsOfStates() {
        return IntStream.range(1, steps.length).anyMatch(place -> steps[place] == steps[place - 1] + 1)
                ? Optional.empty()
                : Optional.of("no two recorded states are one update apart; run it again with --every 1");
    }

    /** Why W's motion cannot be analysed; empty if it can. */
    public Optional<String> withoutMotion() {
        return withoutEmbeddings().or(this::withoutStep);
    }

    /**
     * Why neither W nor figures that were recorded instead of it tell how it moved; empty if one does.
     *
     * @param figures each of them tells enough; the first is the one to record
     */
    public Optional<String> withoutMotionOr(Observable... figures) {
        Optional<String> without = withoutEmbeddings();
        if (without.isEmpty()) {
            return withoutStep();
        }
        if (Arrays.stream(figures).noneMatch(archive.recording()::has)) {
            return without.map(
                    reason -> "%s, or for this analysis alone with --observe %s".formatted(reason, figures[0].name()));
        }
        return archive.figuresAreOfAnotherView()
                ? Optional.of(
                        "W was not recorded, and recorded figures see it as the run's precision.view says; leave out "
                                + "--view")
                : withoutStep();
    }

    /**
     * Of an analysis that recorded figures answered instead of W: which, and what it lacks; empty if W did.
     *
     * @param wanted the figures that it reads
     * @param rest what figures cannot give, as the end of a sentence; empty if they give all
     */
    public Optional<String> basis(List<Observable> wanted, String rest) {
        if (knowsW()) {
            return Optional.empty();
        }
        Map<Boolean, List<String>> names = wanted.stream()
                .collect(Collectors.partitioningBy(
                        archive.recording()::has, Collectors.mapping(Observable::name, Collectors.toList())));
        List<String> sentences = new ArrayList<>();
        sentences.add("From the recorded figures %s, in place of W.".formatted(String.join(", ", names.get(true))));
        if (!archive.config().recording().steps().isGapless()) {
            sentences.add("They are of the updates whose outcome was recorded, and of no other.");
        }
        if (!names.get(false).isEmpty()) {
            sentences.add(
                    "What is undefined or missing needs %s too, or W.".formatted(String.join(", ", names.get(false))));
        }
        if (!rest.isEmpty()) {
            sentences.add(rest);
        }
        return Optional.of(String.join(" ", sentences));
    }

    /** Why an observable cannot be analysed; empty if it can. */
    public Optional<String> without(Observable observable, String inWords) {
        return archive.recording().has(observable)
                ? Optional.empty()
                : Optional.of(
                        "no %s were recorded; run it again with --observe %s".formatted(inWords, observable.name()));
    }
}
