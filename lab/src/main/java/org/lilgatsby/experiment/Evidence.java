package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lilgatsby.analysis.CellExtent;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.DistinctRows;
import org.lilgatsby.analysis.FloatRows;
import org.lilgatsby.analysis.GradientNorms;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LargestGap;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Quantization;
import org.lilgatsby.analysis.RowGraph;
import org.lilgatsby.analysis.Summary;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Findings.CentroidMotion;
import org.lilgatsby.experiment.Findings.CommonVector;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Lattice;
import org.lilgatsby.experiment.Findings.NormAt;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.Findings.Start;
import org.lilgatsby.experiment.Findings.State;
import org.lilgatsby.experiment.Findings.Status;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.recording.Manifest;
import tools.jackson.databind.JsonNode;

/**
 * What a run shows before it is judged: its stored results, and the figures that every run has. Conclusions are drawn
 * from it.
 */
public final class Evidence {
    private final RunData run;
    private final LiveDeadSplit split;
    private final StateRows initialRows;
    private final StateRows endRows;
    private final State initial;
    private final State end;
    private final Optional<Topology> topology;
    private final CentroidMotion centroid;
    private final Optional<Gradients> gradients;

    /** The rows of all, live and dead tokens. */
    private record StateRows(DistinctRows all, DistinctRows live, DistinctRows dead) {
        static StateRows of(Matrix matrix, LiveDeadSplit split) {
            DistinctRows all = DistinctRows.of(matrix.decoded(), split.all());
            return new StateRows(all, all.of(split.live()), all.of(split.dead()));
        }

        State state(int step) {
            return new State(step, Groups.of(all), Groups.of(live), Groups.of(dead));
        }
    }

    Evidence(RunData run) {
        this.run = run;
        Manifest.CorpusFacts corpus = run.manifest().corpus();
        this.split = new LiveDeadSplit(Tokens.of(corpus.live()), Tokens.of(corpus.dead()));
        History embeddings = run.embeddings();
        this.initialRows = StateRows.of(embeddings.first(), split);
        this.endRows = embeddings.size() == 1 ? initialRows : StateRows.of(embeddings.last(), split);
        this.initial = initialRows.state(embeddings.step(0));
        this.end = embeddings.size() == 1 ? initial : endRows.state(embeddings.step(embeddings.size() - 1));
        this.topology = split.dead().size() == 0 ? Optional.empty() : Optional.of(topologyOfTheDead());
        this.centroid = motion();
        this.gradients = run.gradients().filter(Evidence::hasUpdate).map(this::received);
    }

    /** What the run stored. */
    public RunData run() {
        return run;
    }

    /** The configuration of the run. */
    public ExperimentConfig config() {
        return run.config();
    }

    /** All, live and dead tokens. */
    public LiveDeadSplit split() {
        return split;
    }

    /** The rows of the recorded tokens at every recorded step; empty if they are not known. */
    public Optional<RunData.Rows> rows() {
        return run.rows();
    }

    /** The live and dead tokens whose rows are known at every recorded step. */
    public LiveDeadSplit known() {
        return split.of(run.rows().map(RunData.Rows::tokens).orElse(Tokens.of()));
    }

    /** The first recorded state. */
    public State initial() {
        return initial;
    }

    /** The last recorded state. */
    public State end() {
        return end;
    }

    /** The dead rows at the end as a graph; empty without dead tokens. */
    public Optional<Topology> topology() {
        return topology;
    }

    /** Where the centroid went. */
    public CentroidMotion centroid() {
        return centroid;
    }

    /** Gradients of the embedding rows; empty if none was recorded. */
    public Optional<Gradients> gradients() {
        return gradients;
    }

    /** How the run ended. */
    public Status status() {
        Manifest manifest = run.manifest();
        if (manifest.state() == Manifest.State.FAILED) {
            return Status.FAILED;
        }
        return manifest.completedSteps() == run.config().training().steps() ? Status.FINISHED : Status.UNFINISHED;
    }

    /** Updates carried out. */
    public int completedSteps() {
        return Math.max(run.manifest().completedSteps(), end.step());
    }

    /**
     * The verdict that follows from predictions, if the run is finished, has an update, and can tell; there is none if
     * the configuration contradicts what the hypothesis presupposes.
     */
    public Verdict verdict(Hypothesis hypothesis, Supplier<List<Prediction>> predictions) {
        return verdict(
                hypothesis,
                config().recording().holdsEmbeddings(),
                "the recording does not hold W of every token",
                predictions);
    }

    /** As {@link #verdict}, where the rows of all dead tokens are enough to tell. */
    public Verdict verdictOfTheDead(Hypothesis hypothesis, Supplier<List<Prediction>> predictions) {
        return verdict(
                hypothesis,
                known().dead().size() == split.dead().size(),
                "the recording does not hold W of every %stoken".formatted(rows().isPresent() ? "dead " : ""),
                predictions);
    }

    private Verdict verdict(
            Hypothesis hypothesis, boolean holds, String missing, Supplier<List<Prediction>> predictions) {
        boolean judged = status() == Status.FINISHED
                && end.step() > 0
                && holds
                && hypothesis.contradiction(settings()).isEmpty();
        return judged
                ? Verdict.of(hypothesis.sentence(), changes(), predictions.get())
                : noVerdict(hypothesis, holds ? "no update was recorded" : missing);
    }

    private JsonNode settings() {
        return ConfigYaml.toJson(config());
    }

    private List<String> changes() {
        return Changes.of(config());
    }

    /** No verdict, for a reason that applies once the run is finished and its configuration could tell. */
    public Verdict noVerdict(Hypothesis hypothesis, String why) {
        String steps = "%s of %s"
                .formatted(
                        Figures.count(completedSteps()),
                        Figures.of(run.config().training().steps(), "step"));
        return Verdict.none(
                hypothesis.sentence(),
                changes(),
                switch (status()) {
                    case FINISHED -> hypothesis.contradiction(settings()).orElse(why);
                    case UNFINISHED -> "the run is unfinished, at %s".formatted(steps);
                    case FAILED -> "the run failed, after %s".formatted(steps);
                });
    }

    /** The embeddings as drawn and as stored. */
    public Start start() {
        FloatRows drawn = new FloatRows(
                run.initial().embeddings(), initialRows.all().matrix().columns());
        Centroid drawnCentroid = drawn.centroid();
        Centroid storedCentroid = initialRows.all().centroid();
        return new Start(
                run.config().initialization().mode(),
                run.config().initialization().sigma(),
                common(),
                range(drawn.norms()),
                initial.all().norms(),
                drawnCentroid.norm(),
                storedCentroid.norm(),
                storedCentroid.displacementFrom(drawnCentroid));
    }

    private Optional<CommonVector> common() {
        float[] common = run.initial().common();
        if (common.length == 0) {
            return Optional.empty();
        }
        double sum = 0;
        double squares = 0;
        for (float component : common) {
            sum += component;
            squares += (double) component * component;
        }
        return Optional.of(new CommonVector(Math.sqrt(squares), sum / common.length, common));
    }

    private Topology topologyOfTheDead() {
        DistinctRows dead = endRows.dead();
        RowGraph graph = RowGraph.of(dead, new Threshold.TwoEpsilon());
        Centroid centroid = dead.centroid();
        CellExtent cells = CellExtent.within(dead.matrix(), dead.rows());
        return new Topology(
                graph.nodes(),
                graph.edges(),
                graph.possibleEdges(),
                graph.density(),
                graph.components(),
                graph.largestComponent(),
                graph.isolated(),
                graph.complete(),
                centroid.norm(),
                centroid.epsilon(),
                graph.limit(),
                range(graph.distances()),
                LargestGap.of(dead).map(gap -> gap.distance() / gap.ulp()).orElse(0.0),
                cells.largest(),
                cells.onOneSide());
    }

    /** The components of the dead rows at the end; empty without dead tokens. */
    public Optional<Lattice> quantization() {
        return split.dead().size() == 0 ? Optional.empty() : Optional.of(lattice());
    }

    private Lattice lattice() {
        Quantization dead = Quantization.of(endRows.dead());
        return new Lattice(
                dead.bf16(),
                dead.components(),
                dead.changedByBf16(),
                dead.distinctComponents(),
                dead.min(),
                dead.max());
    }

    private CentroidMotion motion() {
        History embeddings = run.embeddings();
        List<NormAt> norms = new ArrayList<>();
        for (int place = 0; place < embeddings.size(); place++) {
            int step = embeddings.step(place);
            if (step % run.config().training().logEvery() == 0 || place == embeddings.size() - 1) {
                norms.add(new NormAt(step, centroid(place).norm()));
            }
        }
        return new CentroidMotion(
                norms.getFirst().norm(),
                norms.getLast().norm(),
                endRows.all().centroid().displacementFrom(initialRows.all().centroid()),
                endRows.live().centroid().displacementFrom(initialRows.live().centroid()),
                endRows.dead().centroid().displacementFrom(initialRows.dead().centroid()),
                norms);
    }

    private Centroid centroid(int place) {
        if (place == 0) {
            return initialRows.all().centroid();
        }
        return place == run.embeddings().size() - 1
                ? endRows.all().centroid()
                : Centroid.of(run.embeddings().matrix(place), split.all());
    }

    private static boolean hasUpdate(History gradients) {
        return gradients.step(gradients.size() - 1) > 0;
    }

    private Gradients received(History recorded) {
        Optional<Received> live =
                Optional.of(split.live()).filter(t -> t.size() > 0).map(t -> received(recorded, t));
        Optional<Received> dead =
                Optional.of(split.dead()).filter(t -> t.size() > 0).map(t -> received(recorded, t));
        Received all = live.isPresent() && dead.isPresent()
                ? live.get().join(dead.get())
                : live.or(() -> dead).orElseThrow();
        return new Gradients(all, live, dead);
    }

    private static Received received(History recorded, Tokens tokens) {
        GradientNorms norms = GradientNorms.of(recorded, tokens);
        return new Received(
                tokens.size(),
                norms.firstStep(),
                range(norms.first().norms()),
                norms.lastStep(),
                range(norms.last().norms()),
                norms.largest(),
                norms.largestStep(),
                norms.largestToken());
    }

    /** Figures of distances without their count. */
    public static Range range(Distances.Extremes distances) {
        return new Range(distances.min(), distances.mean(), distances.max());
    }

    /** Figures of numbers. */
    static Range range(RowGraph.Extremes numbers) {
        return new Range(numbers.min(), numbers.mean(), numbers.max());
    }

    /** A summary without its count. */
    public static Range range(Summary summary) {
        return new Range(summary.min(), summary.mean(), summary.max());
    }
}
