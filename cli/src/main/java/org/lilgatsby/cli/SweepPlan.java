package org.lilgatsby.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RateProbe;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.execution.RunCost;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sweep would do.
 *
 * @param rows a point each, in their order
 * @param workers runs at the same time
 */
record SweepPlan(List<Row> rows, int workers) {
    /** What a row of figures takes with its checksums, by the files of a run. */
    private static final long BYTES_OF_FIGURES = 8_000;

    /** A row of a series: 34 cells of about 8 characters. */
    private static final long BYTES_OF_A_STEP = 270;

    /**
     * What a point would take.
     *
     * @param isThere whether its run is in the store already; it takes nothing then
     * @param seconds by a rate measured now; NaN if it is not known
     * @param bytes on the disk
     */
    private record Row(Point point, boolean isThere, double seconds, long bytes) {}

    /** Looks for the runs that there are, and measures how fast the largest of the others would be. */
    static SweepPlan of(List<Point> points, Store store, Keep keep, Corpora corpora, RunOptions options, int workers)
            throws IOException {
        Set<ResultKey> there = store.found(points.stream().map(Point::key).toList(), keep);
        List<Point> missing =
                points.stream().filter(point -> !there.contains(point.key())).toList();
        double perOperation = missing.stream()
                .map(Point::config)
                .filter(config -> config.training().steps() > 0)
                .max(Comparator.comparingDouble(RunCost::operations))
                .map(config -> secondsPerOperation(config, corpora, options))
                .orElse(0.0);
        List<Row> rows = new ArrayList<>();
        for (Point point : points) {
            rows.add(
                    there.contains(point.key())
                            ? new Row(point, true, 0, 0)
                            : new Row(
                                    point,
                                    false,
                                    RunCost.operations(point.config()) * perOperation,
                                    bytes(point.config(), keep, corpora, options)));
        }
        return new SweepPlan(List.copyOf(rows), workers);
    }

    private static double secondsPerOperation(ExperimentConfig config, Corpora corpora, RunOptions options) {
        RateProbe.Rate rate = RateProbe.measure(
                config, corpora.load(config.corpus(), config.model().vocabulary()), options);
        return config.training().steps() / rate.stepsPerSecond() / RunCost.operations(config);
    }

    private static long bytes(ExperimentConfig config, Keep keep, Corpora corpora, RunOptions options) {
        long rows = config.recording().rows(config.training().steps());
        return switch (keep) {
            case FIGURES -> BYTES_OF_FIGURES;
            case SERIES -> BYTES_OF_FIGURES + BYTES_OF_A_STEP * rows;
            case RECORDING ->
                BYTES_OF_FIGURES
                        + BYTES_OF_A_STEP * rows
                        + PlannedRun.of(config, corpora, options).space().total();
        };
    }

    private long there() {
        return rows.stream().filter(Row::isThere).count();
    }

    private long bytes() {
        return rows.stream().mapToLong(Row::bytes).sum();
    }

    /** The runs side by side, but no less than the longest. */
    private double seconds() {
        double all = rows.stream().mapToDouble(Row::seconds).sum();
        double longest = rows.stream().mapToDouble(Row::seconds).max().orElse(0);
        return Math.max(longest, all / workers);
    }

    /** A line a point, and the whole. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append("%s: %s\n"
                    .formatted(
                            row.point(),
                            row.isThere()
                                    ? "in the store"
                                    : "about %s, %s"
                                            .formatted(Durations.text(row.seconds()), Figures.bytes(row.bytes()))));
        }
        long there = there();
        return text.append(String.format(
                        Locale.ROOT,
                        "%s, %,d in the store; about %s with %s at the same time, and %s\n",
                        Figures.of(rows.size(), "point"),
                        there,
                        Durations.text(seconds()),
                        Figures.of(workers, "run"),
                        Figures.bytes(bytes())))
                .toString();
    }

    /** The same for programs. */
    ObjectNode toJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode points = document.putArray("points");
        for (Row row : rows) {
            ObjectNode point = points.addObject();
            row.point().settings().forEach(point.putObject("settings")::put);
            point.put("key", row.point().key().sha256())
                    .put("in_store", row.isThere())
                    .put("seconds", row.seconds())
                    .put("bytes", row.bytes());
        }
        return document.put("in_store", there())
                .put("workers", workers)
                .put("seconds", seconds())
                .put("bytes", bytes());
    }
}
