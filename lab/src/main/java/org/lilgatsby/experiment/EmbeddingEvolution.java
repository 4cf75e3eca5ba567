package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.CellExtent;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Summary;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Judgement;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.Published.Value;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RunDirectory;

/** Concludes 08.2a: measures where the dead tokens ended and how far the cloud expanded. */
public final class EmbeddingEvolution implements Experiment {
    @Override
    public String name() {
        return "embedding-evolution";
    }

    @Override
    public String asks() {
        return "08.2a: where dead tokens end, how far the cloud expands";
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        double before = evidence.initial().all().radius();
        double expansion = evidence.end().all().radius() / before;
        Optional<DeadTokens> dead =
                evidence.split().dead().size() == 0 ? Optional.empty() : Optional.of(deadTokens(evidence));
        Optional<Walk> walk = walk(evidence);
        EmbeddingHypotheses hypotheses = new EmbeddingHypotheses(evidence, dead, expansion, walk);
        Verdict normal = hypotheses.normal();
        Verdict singular = hypotheses.singular();
        boolean startsNormal = !evidence.config().initialization().mode().hasCommonVector();
        Particulars particulars = new Particulars(
                evidence.run().recording().files(),
                expectedFiles(evidence),
                dead,
                expansion,
                walk,
                List.of(normal, singular));
        return new Conclusion.Draft(
                particulars,
                () -> startsNormal ? normal : singular,
                () -> sections(evidence, particulars, startsNormal ? singular : normal));
    }

    private static int expectedFiles(Evidence evidence) {
        RecordingConfig recording = evidence.config().recording();
        return recording.layout() == RecordingConfig.Layout.PER_STEP
                ? recording.rows(evidence.config().training().steps())
                : 1;
    }

    private static DeadTokens deadTokens(Evidence evidence) {
        Matrix first = evidence.run().embeddings().first();
        Matrix last = evidence.run().embeddings().last();
        Tokens dead = evidence.split().dead();
        double largestMove = 0;
        CellExtent cells = CellExtent.NONE;
        for (int i = 0; i < dead.size(); i++) {
            int row = dead.id(i);
            Vector move = new Vector(last.values(row)).minus(new Vector(first.values(row)));
            largestMove = Math.max(largestMove, move.norm());
            for (int j = 0; j < first.columns(); j++) {
                cells = cells.with(last.format(), first.bits(row, j), last.bits(row, j));
            }
        }
        Distances.Extremes gaps = Distances.of(last, dead, Metric.L2).distinctPairs();
        return new DeadTokens(
                largestMove,
                cells.largest(),
                cells.onOneSide(),
                gaps.count() == 0 ? 0 : gaps.max(),
                Evidence.range(Summary.of(liveDistances(evidence, last, Centroid.of(last, dead)))));
    }

    private static double[] liveDistances(Evidence evidence, Matrix matrix, Centroid from) {
        Tokens live = evidence.split().live();
        double[] distances = new double[live.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] =
                    new Vector(matrix.values(live.id(i))).minus(from.position()).norm();
        }
        return distances;
    }

    private static Optional<Walk> walk(Evidence evidence) {
        History embeddings = evidence.run().embeddings();
        Tokens all = evidence.split().all();
        Vector start = Centroid.of(embeddings.first(), all).position();
        Vector at = start;
        double length = 0;
        double squares = 0;
        for (int place = 1; place < embeddings.size(); place++) {
            Vector next = Centroid.of(embeddings.matrix(place), all).position();
            Vector step = next.minus(at);
            length += step.norm();
            squares += step.dot(step);
            at = next;
        }
        double displacement = at.minus(start).norm();
        return squares == 0
                ? Optional.empty()
                : Optional.of(new Walk(length, displacement / length, displacement * displacement / squares));
    }

    @Override
    public Optional<PublishedRun> published() {
        return Optional.of(new PublishedRun(
                "08.2a",
                PublishedRun.TRAINING_CORPUS,
                PublishedRun.SAME_STREAM,
                PublishedRun.loss(100, 3.4545, 3.0939, 3.0779, 3.0836, 3.0731, 3.0816, 3.0735, 3.0737, 3.0768, 3.0749),
                List.of(
                        new Value(ComparedFigure.COMMON_NORM, "8.201394"),
                        new Value(ComparedFigure.COMMON_MEAN, "2.535469e-01"),
                        new Value(ComparedFigure.INITIAL_CENTROID_NORM, "8.1875"),
                        new Value(ComparedFigure.FINAL_CENTROID_NORM, "8.1875"),
                        new Value(ComparedFigure.DISPLACEMENT, "0.365234"),
                        new Value(ComparedFigure.DEAD_BLACK_HOLES, "1")),
                List.of(51)));
    }

    private static List<Section> sections(Evidence evidence, Particulars evolution, Verdict other) {
        List<Fact> facts = new ArrayList<>();
        evolution.dead().ifPresent(dead -> facts.addAll(dead(dead)));
        facts.add(new Fact(
                "RMS radius of all rows, start and end",
                "%s and %s"
                        .formatted(
                                Figures.number(evidence.initial().all().radius()),
                                Figures.number(evidence.end().all().radius()))));
        facts.add(new Fact(
                "expansion",
                Double.isFinite(evolution.expansion())
                        ? Figures.ratio(evolution.expansion()) + " times"
                        : "from a single point, so no factor"));
        evolution.walk().ifPresent(walk -> {
            facts.add(new Fact("path length of the centroid (L2)", Figures.number(walk.pathLength())));
            facts.add(new Fact("displacement over path length", Figures.decimals(4, walk.efficiency())));
            facts.add(new Fact(
                    "displacement squared over summed squared steps",
                    Figures.ratio(walk.diffusion())
                            + " (a random walk is near 1, a straight line the number of steps)"));
        });
        return List.of(
                Section.of("Where the dead tokens ended and how far the cloud expanded", new Facts(facts)),
                Section.of("The other hypothesis", new Judgement(other)),
                Section.of(
                        "Snapshots",
                        Facts.of(
                                new Fact(
                                        "files",
                                        "%s of %s expected"
                                                .formatted(
                                                        Figures.count(evolution.files()),
                                                        Figures.count(evolution.expectedFiles()))),
                                new Fact(
                                        "first and last",
                                        "%s and %s"
                                                .formatted(
                                                        RunDirectory.stepFile(evidence.initial()
                                                                .step()),
                                                        RunDirectory.stepFile(
                                                                evidence.end().step()))))));
    }

    private static List<Fact> dead(DeadTokens dead) {
        return List.of(
                new Fact("largest move of a dead row from its start (L2)", Figures.number(dead.largestMove())),
                new Fact(
                        "largest move of one of its components",
                        Figures.cells(dead.largestMoveCells(), dead.largestMoveCellsOnOneSide())),
                new Fact("largest L2 distance of two dead rows at the end", Figures.number(dead.largestGap())),
                new Fact("live rows from the dead rows' centroid (L2)", Figures.range(dead.liveDistance())));
    }

    /**
     * 08.2a: where the dead tokens ended, and how far the cloud expanded.
     *
     * @param files number of files found
     * @param expectedFiles number of files that the run must have written
     * @param dead where the dead tokens ended; empty without them
     * @param expansion radius of the cloud of all rows at the end over that at the start; infinite from a point
     * @param walk of the centroid of all rows; empty if it never moved
     * @param hypotheses both of them, judged
     */
    public record Particulars(
            int files,
            int expectedFiles,
            Optional<DeadTokens> dead,
            double expansion,
            Optional<Walk> walk,
            List<Verdict> hypotheses)
            implements ExperimentFindings {
        /** Copies the list. */
        public Particulars {
            hypotheses = List.copyOf(hypotheses);
        }
    }

    /**
     * Where the dead tokens ended.
     *
     * @param largestMove largest L2 distance of a dead row from where it started
     * @param largestMoveCells largest distance of a component of it from where it started, in cells of its lattice
     * @param largestMoveCellsOnOneSide the same over components that stayed on their side of zero
     * @param largestGap largest L2 distance of two dead rows at the end
     * @param liveDistance L2 distances of the live rows from the dead rows' centroid at the end
     */
    public record DeadTokens(
            double largestMove,
            double largestMoveCells,
            double largestMoveCellsOnOneSide,
            double largestGap,
            Range liveDistance) {}

    /**
     * How a centroid moved, over all recorded steps.
     *
     * @param pathLength sum of the L2 lengths of its steps
     * @param efficiency displacement over path length: 1 for a straight line
     * @param diffusion displacement squared over the sum of the squared steps: near 1 for a random walk, the number of
     *     steps for a straight line at constant speed
     */
    public record Walk(double pathLength, double efficiency, double diffusion) {}
}
