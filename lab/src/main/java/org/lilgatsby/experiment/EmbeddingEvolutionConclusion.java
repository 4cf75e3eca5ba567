package org.lilgatsby.experiment;

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
import org.lilgatsby.experiment.ExperimentFindings.DeadTokens;
import org.lilgatsby.experiment.ExperimentFindings.Walk;
import org.lilgatsby.experiment.FindingsBuilder.Outcome;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.recording.RecordingConfig;

/** Concludes 08.2a: measures where the dead tokens ended and how far the cloud expanded. */
final class EmbeddingEvolutionConclusion {
    private final FindingsBuilder run;

    EmbeddingEvolutionConclusion(FindingsBuilder run) {
        this.run = run;
    }

    Outcome outcome() {
        double before = run.initial().all().radius();
        double expansion = run.end().all().radius() / before;
        Optional<DeadTokens> dead = run.split().dead().size() == 0 ? Optional.empty() : Optional.of(deadTokens());
        Optional<Walk> walk = walk();
        EmbeddingHypotheses hypotheses = new EmbeddingHypotheses(run, dead, expansion, walk);
        Verdict normal = hypotheses.normal();
        Verdict singular = hypotheses.singular();
        boolean startsNormal = run.run().config().initialization().mode() == InitializationConfig.Mode.NORMAL;
        return Outcome.of(
                new ExperimentFindings.EmbeddingEvolution(
                        run.run().recording().files(),
                        expectedFiles(),
                        dead,
                        expansion,
                        walk,
                        List.of(normal, singular)),
                startsNormal ? normal : singular);
    }

    private int expectedFiles() {
        RecordingConfig recording = run.run().config().recording();
        return recording.layout() == RecordingConfig.Layout.PER_STEP
                ? recording.rows(run.run().config().training().steps())
                : 1;
    }

    private DeadTokens deadTokens() {
        Matrix first = run.run().embeddings().first();
        Matrix last = run.run().embeddings().last();
        Tokens dead = run.split().dead();
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
        Summary gaps = Distances.of(last, dead, Metric.L2).distinctPairs();
        return new DeadTokens(
                largestMove,
                cells.largest(),
                cells.onOneSide(),
                gaps.count() == 0 ? 0 : gaps.max(),
                FindingsBuilder.range(Summary.of(liveDistances(last, Centroid.of(last, dead)))));
    }

    private double[] liveDistances(Matrix matrix, Centroid from) {
        Tokens live = run.split().live();
        double[] distances = new double[live.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] =
                    new Vector(matrix.values(live.id(i))).minus(from.position()).norm();
        }
        return distances;
    }

    private Optional<Walk> walk() {
        History embeddings = run.run().embeddings();
        Tokens all = run.split().all();
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
}
