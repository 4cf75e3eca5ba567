package org.lilgatsby.analysis;

import java.util.List;

/** All figures of {@link PairwiseGeometry} for one chunk of a history. */
final class PairwiseGeometryWorker implements HistoryScan.Worker {
    private final Tokens tokens;
    private final Places kept;
    private final int[] rows;
    private final List<DistanceSeries.Targets> distances;
    private final List<AdjacencySeries.Target> graphs;
    private Scratch scratch;
    private boolean changed; // since the previous kept place

    /** Scratch memory, released when the chunk is done. */
    private record Scratch(Labels labels, PointCloud cloud, NodeGraph graph, DistanceSeries.Worker figures) {}

    PairwiseGeometryWorker(
            Tokens tokens, Places kept, List<DistanceSeries.Targets> distances, List<AdjacencySeries.Target> graphs) {
        this.tokens = tokens;
        this.kept = kept;
        this.rows = tokens.toArray();
        this.distances = distances;
        this.graphs = graphs;
    }

    @Override
    public void start(HistoryState frame, int place) {
        boolean withCells = graphs.stream().anyMatch(graph -> graph.threshold().metric() == Metric.CELLS);
        scratch = new Scratch(
                new Labels(frame.rows()),
                new PointCloud(frame, tokens, withCells),
                new NodeGraph(rows.length),
                new DistanceSeries.Worker(rows.length));
        int index = kept.find(place);
        if (place == 0 && index >= 0) {
            measure(frame, index);
        }
    }

    @Override
    public void step(HistoryState frame, int place) {
        changed |= frame.changedAny(rows);
        int index = kept.find(place);
        if (index < 0) {
            return;
        }
        if (changed || !scratch.cloud.measured()) {
            measure(frame, index);
            changed = false;
        } else {
            distances.forEach(target -> target.repeat(index));
            graphs.forEach(graph -> graph.repeat(index));
        }
    }

    @Override
    public void end() {
        scratch = null;
    }

    private void measure(HistoryState frame, int index) {
        scratch.labels.update(frame, frame.hashes());
        scratch.cloud.update(frame, scratch.labels);
        for (DistanceSeries.Targets target : distances) {
            scratch.figures.put(target, scratch.cloud, index);
        }
        if (graphs.isEmpty()) {
            return;
        }
        Centroid centroid = frame.centroid(rows);
        for (AdjacencySeries.Target target : graphs) {
            Threshold threshold = target.threshold();
            double limit = threshold.limit(centroid);
            scratch.graph.connect(scratch.cloud.nodes(), scratch.cloud.distances(threshold.metric()), limit);
            target.put(index, limit, scratch.cloud.nodes(), scratch.graph);
        }
    }
}
