package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lilgatsby.analysis.Adjacency;
import org.lilgatsby.analysis.CellExtent;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.GradientNorms;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LargestGap;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Quantization;
import org.lilgatsby.analysis.RowNorms;
import org.lilgatsby.analysis.Summary;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Findings.CentroidMotion;
import org.lilgatsby.experiment.Findings.CommonVector;
import org.lilgatsby.experiment.Findings.Corpus;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Lattice;
import org.lilgatsby.experiment.Findings.NormAt;
import org.lilgatsby.experiment.Findings.Provenance;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.Findings.Start;
import org.lilgatsby.experiment.Findings.State;
import org.lilgatsby.experiment.Findings.Status;
import org.lilgatsby.experiment.Findings.Throughput;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.recording.Manifest;

/** Computes the findings of a run: first what every run has, then what its conclusion asks. */
final class FindingsBuilder {
    private final RunData run;
    private final LiveDeadSplit split;
    private final State initial;
    private final State end;
    private final Optional<Topology> topology;
    private final Optional<Gradients> gradients;

    FindingsBuilder(RunData run) {
        this.run = run;
        Manifest.CorpusFacts corpus = run.manifest().corpus();
        this.split = new LiveDeadSplit(Tokens.of(corpus.live()), Tokens.of(corpus.dead()));
        History embeddings = run.embeddings();
        this.initial = state(embeddings.step(0), embeddings.first());
        this.end = state(embeddings.step(embeddings.size() - 1), embeddings.last());
        this.topology = split.dead().size() == 0 ? Optional.empty() : Optional.of(topology());
        this.gradients = run.gradients().filter(FindingsBuilder::hasUpdate).map(this::gradients);
    }

    /** What a conclusion adds to the findings. */
    record Outcome(Optional<ExperimentFindings> particulars, Verdict verdict) {
        static Outcome of(ExperimentFindings particulars, Verdict verdict) {
            return new Outcome(Optional.of(particulars), verdict);
        }
    }

    RunData run() {
        return run;
    }

    LiveDeadSplit split() {
        return split;
    }

    State initial() {
        return initial;
    }

    State end() {
        return end;
    }

    Optional<Topology> deadTopology() {
        return topology;
    }

    Optional<Gradients> gradients() {
        return gradients;
    }

    Findings findings() {
        ExperimentConfig config = run.config();
        Manifest manifest = run.manifest();
        Outcome outcome = outcome();
        return new Findings(
                Findings.SCHEMA,
                config.name(),
                config.title(),
                config.conclusion(),
                config.seed(),
                config.training().steps(),
                completedSteps(),
                status(),
                corpus(manifest.corpus()),
                manifest.parameters(),
                start(),
                initial,
                end,
                topology,
                split.dead().size() == 0 ? Optional.empty() : Optional.of(quantization()),
                centroid(),
                run.firstLoss(),
                run.lastLoss(),
                run.loss(),
                gradients,
                new Throughput(manifest.stepsPerSecond(), manifest.seconds()),
                run.recording(),
                outcome.particulars(),
                outcome.verdict(),
                PublishedFigures.of(config, manifest.corpus()),
                run.sample(),
                provenance(manifest),
                config);
    }

    private Status status() {
        Manifest manifest = run.manifest();
        if (manifest.state() == Manifest.State.FAILED) {
            return Status.FAILED;
        }
        return manifest.completedSteps() == run.config().training().steps() ? Status.FINISHED : Status.UNFINISHED;
    }

    private int completedSteps() {
        return Math.max(run.manifest().completedSteps(), end.step());
    }

    /** The verdict that follows from predictions, if the run is finished and has an update. */
    Verdict verdict(String hypothesis, Supplier<List<Prediction>> predictions) {
        return status() == Status.FINISHED && end.step() > 0
                ? Verdict.of(hypothesis, predictions.get())
                : noVerdict(hypothesis, "no update was recorded");
    }

    /** No verdict, for a reason that counts once the run is finished. */
    Verdict noVerdict(String hypothesis, String why) {
        String steps = "%s of %s"
                .formatted(
                        Figures.count(completedSteps()),
                        Figures.of(run.config().training().steps(), "step"));
        return Verdict.none(
                hypothesis,
                switch (status()) {
                    case FINISHED -> why;
                    case UNFINISHED -> "the run is unfinished, at %s".formatted(steps);
                    case FAILED -> "the run failed, after %s".formatted(steps);
                });
    }

    private Outcome outcome() {
        return switch (run.config().conclusion()) {
            case EMBEDDING_EVOLUTION -> new EmbeddingEvolutionConclusion(this).outcome();
            case PRIMORDIAL_SNOWBALL -> new PrimordialSnowballConclusion(this).outcome();
            case FLOAT32_EDITION -> new Float32EditionConclusion(this).outcome();
            case INSTRUMENTED -> new InstrumentedConclusion(this).outcome();
            case SUPERMASSIVE_BLACK_HOLE -> new SupermassiveBlackHoleConclusion(this).outcome();
            case NONE ->
                new Outcome(
                        Optional.empty(),
                        Verdict.none("none", "this configuration asks for figures, not for a conclusion"));
        };
    }

    private static Corpus corpus(Manifest.CorpusFacts corpus) {
        return new Corpus(
                corpus.name(),
                corpus.synthetic(),
                corpus.preparation(),
                corpus.bytes(),
                corpus.leftOut(),
                corpus.live().length,
                corpus.dead().length,
                corpus.dead(),
                corpus.sha256());
    }

    private static Provenance provenance(Manifest manifest) {
        Manifest.Machine machine = manifest.machine();
        return new Provenance(
                manifest.program(),
                manifest.arithmetic(),
                machine.java(),
                machine.system(),
                machine.kernels(),
                machine.threads(),
                manifest.started().toString());
    }

    private Start start() {
        Matrix stored = run.embeddings().first();
        Matrix drawn = Matrix.ofFloats(run.initial().embeddings(), stored.rows(), stored.columns());
        Centroid drawnCentroid = Centroid.of(drawn, split.all());
        Centroid storedCentroid = Centroid.of(stored, split.all());
        return new Start(
                run.config().initialization().mode(),
                run.config().initialization().sigma(),
                common(),
                range(RowNorms.of(drawn, split.all()).norms()),
                range(RowNorms.of(stored, split.all()).norms()),
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

    private State state(int step, Matrix matrix) {
        return new State(
                step, Groups.of(matrix, split.all()), Groups.of(matrix, split.live()), Groups.of(matrix, split.dead()));
    }

    private Topology topology() {
        Matrix last = run.embeddings().last();
        Adjacency graph = Adjacency.of(last, split.dead(), new Threshold.TwoEpsilon());
        Centroid centroid = Centroid.of(last, split.dead());
        CellExtent cells = CellExtent.within(last, split.dead());
        return new Topology(
                graph.nodes(),
                graph.edges().size(),
                graph.possibleEdges(),
                graph.density(),
                graph.components().size(),
                graph.largestComponent(),
                graph.isolated(),
                graph.complete(),
                centroid.norm(),
                centroid.epsilon(),
                graph.limit(),
                range(Distances.of(last, split.dead(), Metric.L_INFINITY).distinctPairs()),
                LargestGap.of(last, split.dead())
                        .map(gap -> gap.distance() / gap.ulp())
                        .orElse(0.0),
                cells.largest(),
                cells.onOneSide());
    }

    private Lattice quantization() {
        Quantization dead = Quantization.of(run.embeddings().last(), split.dead());
        return new Lattice(
                dead.bf16(),
                dead.components(),
                dead.changedByBf16(),
                dead.distinctComponents(),
                dead.min(),
                dead.max());
    }

    private CentroidMotion centroid() {
        History embeddings = run.embeddings();
        List<NormAt> norms = new ArrayList<>();
        for (int place = 0; place < embeddings.size(); place++) {
            int step = embeddings.step(place);
            if (step % run.config().training().logEvery() == 0 || place == embeddings.size() - 1) {
                norms.add(new NormAt(
                        step, Centroid.of(embeddings.matrix(place), split.all()).norm()));
            }
        }
        return new CentroidMotion(
                norms.getFirst().norm(),
                norms.getLast().norm(),
                displacement(split.all()),
                displacement(split.live()),
                displacement(split.dead()),
                norms);
    }

    /** How far the centroid of some rows came from the first recorded step to the last; NaN without rows. */
    double displacement(Tokens tokens) {
        Vector first = Centroid.of(run.embeddings().first(), tokens).position();
        return Centroid.of(run.embeddings().last(), tokens)
                .position()
                .minus(first)
                .norm();
    }

    private static boolean hasUpdate(History gradients) {
        return gradients.step(gradients.size() - 1) > 0;
    }

    private Gradients gradients(History recorded) {
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

    static Range range(Summary summary) {
        return new Range(summary.min(), summary.mean(), summary.max());
    }
}
