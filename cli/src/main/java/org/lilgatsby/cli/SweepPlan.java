package org.lilgatsby.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.lilgatsby.sweep.execution.StartProbe;
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
    /** What a row of figures takes with its checksums: two files and two directories, in blocks of 4 kB. */
    private static final long BYTES_OF_FIGURES = 24_000;

    /** A row of a series: 34 cells of about 10 characters. */
    private static final long BYTES_OF_A_STEP = 360;

    /** Points, or values of a setting, at either end of a list that is too long to be read. */
    private static final int SHOWN = 3;

    /**
     * What a point would take.
     *
     * @param isThere whether its run is in the store already; it takes nothing then
     * @param seconds by a rate measured now; NaN if it is not known
     * @param bytes on the disk
     */
    private record Row(Point point, boolean isThere, double seconds, long bytes) {
        String text() {
            return "%s: %s\n"
                    .formatted(
                            point,
                            isThere
                                    ? "in the store"
                                    : "about %s, %s".formatted(Durations.text(seconds), Figures.bytes(bytes)));
        }
    }

    /** Looks for the runs that there are, and measures how fast the largest of the others are. */
    static SweepPlan of(List<Point> points, Store store, Keep keep, Corpora corpora, RunOptions options, int workers)
            throws IOException {
        Set<ResultKey> there = store.found(points.stream().map(Point::key).toList(), keep);
        List<Point> missing =
                points.stream().filter(point -> !there.contains(point.key())).toList();
        Cost cost = Cost.of(missing.stream().map(Point::config).toList(), corpora, options);
        List<Row> rows = new ArrayList<>();
        for (Point point : points) {
            rows.add(
                    there.contains(point.key())
                            ? new Row(point, true, 0, 0)
                            : new Row(
                                    point, false, cost.seconds(point.config()), bytes(point.config(), keep, corpora)));
        }
        return new SweepPlan(List.copyOf(rows), workers);
    }

    /**
     * What runs take here, by the largest of either kind.
     *
     * @param perOperation seconds, of runs with steps
     * @param perDrawn seconds for each value of W, of runs without
     */
    private record Cost(double perOperation, double perDrawn) {
        static Cost of(List<ExperimentConfig> runs, Corpora corpora, RunOptions options) {
            return new Cost(
                    runs.stream()
                            .filter(Cost::trains)
                            .max(Comparator.comparingDouble(RunCost::operations))
                            .map(config -> secondsPerOperation(config, corpora, options))
                            .orElse(0.0),
                    runs.stream()
                            .filter(config -> !trains(config))
                            .max(Comparator.comparingDouble(RunCost::drawn))
                            .map(config -> StartProbe.seconds(config, corpora, options) / RunCost.drawn(config))
                            .orElse(0.0));
        }

        double seconds(ExperimentConfig config) {
            return trains(config) ? RunCost.operations(config) * perOperation : RunCost.drawn(config) * perDrawn;
        }

        private static boolean trains(ExperimentConfig config) {
            return config.training().steps() > 0;
        }
    }

    private static double secondsPerOperation(ExperimentConfig config, Corpora corpora, RunOptions options) {
        RateProbe.Rate rate = RateProbe.measure(
                config, corpora.load(config.corpus(), config.model().vocabulary()), options);
        return config.training().steps() / rate.stepsPerSecond() / RunCost.operations(config);
    }

    /** What the runs of some points take on a disk; of those that keep a recording, the most. */
    static long bytes(List<Point> points, Keep keep, Corpora corpora) {
        return points.stream()
                .mapToLong(point -> bytes(point.config(), keep, corpora))
                .sum();
    }

    private static long bytes(ExperimentConfig config, Keep keep, Corpora corpora) {
        long rows = config.recording().rows(config.training().steps());
        return switch (keep) {
            case FIGURES -> BYTES_OF_FIGURES;
            case SERIES -> BYTES_OF_FIGURES + BYTES_OF_A_STEP * rows;
            case RECORDING ->
                BYTES_OF_FIGURES
                        + BYTES_OF_A_STEP * rows
                        + PlannedRun.spaceOf(config, corpora).total();
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

    /** What varies, the points, or the first and last of many, and the whole. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (String setting : rows.getFirst().point().settings().keySet()) {
            text.append(setting).append(": ").append(values(setting)).append('\n');
        }
        if (rows.size() <= 2 * SHOWN) {
            rows.forEach(row -> text.append(row.text()));
        } else {
            rows.subList(0, SHOWN).forEach(row -> text.append(row.text()));
            text.append("... %s; --json lists all\n".formatted(Figures.of(rows.size() - 2 * SHOWN, "more point")));
            rows.subList(rows.size() - SHOWN, rows.size()).forEach(row -> text.append(row.text()));
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

    /** The values of a setting, each with the number of its points; of many, their number and the first and last. */
    private String values(String setting) {
        SequencedMap<String, Integer> points = new LinkedHashMap<>();
        rows.forEach(row -> points.merge(row.point().settings().get(setting), 1, Integer::sum));
        return points.size() <= 2 * SHOWN
                ? points.entrySet().stream()
                        .map(value -> "%s (%s)".formatted(value.getKey(), Figures.of(value.getValue(), "point")))
                        .collect(Collectors.joining(", "))
                : "%s, %s to %s"
                        .formatted(
                                Figures.of(points.size(), "value"),
                                points.firstEntry().getKey(),
                                points.lastEntry().getKey());
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
