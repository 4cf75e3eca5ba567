package org.lilgatsby.sweep.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.findings.SweepFindings;
import org.lilgatsby.sweep.findings.SweepReports;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sweep whose runs were never trained: their figures are made up, with known groups, failures and undefined values,
 * so that a page of any size can be made in a moment.
 */
final class SyntheticSweep {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";
    private static final List<String> SERIES = List.of(
            "live.distinct",
            "live.moved",
            "live.mean_step_l2",
            "dead.distinct",
            "dead.black_holes",
            "dead.tokens_in_black_holes",
            "dead.largest",
            "dead.moved",
            "dead.mean_step_l2",
            "dead.centroid_displacement",
            "all.loss");

    /** Markup in a reason must stay text. */
    static final String REASON = "step 7: the loss is NaN </script><img src=x onerror=alert(1)> & more";

    private final Path folder;
    private final Sweep sweep;
    private final Store store;
    private final List<Point> points;
    private RunTable table;
    private SweepFindings findings;

    SyntheticSweep(Path folder, Sweep sweep) {
        this.folder = folder;
        this.sweep = sweep;
        this.store = Store.open(folder.resolve("store"), Manifest.ARITHMETIC);
        this.points = sweep.points((_, _) -> CORPUS);
    }

    /** Publishes all runs but each 17th, which fails, and each 23rd, which does not run. */
    SyntheticSweep run(int steps) throws IOException {
        return run(steps, points.size());
    }

    /** The same for the first of the runs only. */
    SyntheticSweep run(int steps, int first) throws IOException {
        for (int i = 0; i < first; i++) {
            if (i % 23 != 22) {
                publish(points.get(i), i % 17 == 16 ? REASON : null, steps);
            }
        }
        return this;
    }

    /** Read once; no more runs after that. */
    RunTable table() throws IOException {
        if (table == null) {
            table = RunTable.of(sweep.varied(), points, store, sweep.keep());
        }
        return table;
    }

    SweepFindings findings() throws IOException {
        if (findings == null) {
            findings = SweepFindings.of(sweep, table());
        }
        return findings;
    }

    /** Writes page and JSON into a directory beside the store. */
    Path write() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("sweep of runs"));
        SweepPage.write(findings(), table(), directory.resolve("report.html"));
        SweepReports.write(findings(), directory);
        table().write(directory.resolve("runs.csv"));
        return directory;
    }

    private void publish(Point point, String reason, int steps) throws IOException {
        SplittableRandom random = new SplittableRandom(point.key().hashCode());
        double sigma = point.config().initialization().mode().toString().contains("native") ? 1 : 3;
        double rate = Math.max(1e-7, point.config().training().learningRate());
        double collapse = sigma * Math.pow(rate / 1e-3, -0.3);
        try (Store.Draft draft = store.begin(point.key())) {
            Map<String, Double> figures = new LinkedHashMap<>();
            if (reason == null) {
                double holes = Math.max(0, Math.rint(6 / collapse + 3 * random.nextGaussian()));
                figures.put("final.dead.distinct", 20 * collapse + Math.rint(8 * random.nextDouble()));
                figures.put("final.dead.black_holes", holes);
                figures.put(
                        "final.dead.tokens_in_black_holes",
                        Math.min(120, Math.rint(90 / collapse + 20 * random.nextDouble())));
                figures.put("final.dead.largest", Math.rint(40 / collapse + 10 * random.nextDouble()));
                figures.put("topology.linf.max", 1e-4 * Math.exp(1.5 * random.nextGaussian()) * collapse);
                figures.put("centroid.displacement", 0.02 * collapse * (1 + 0.2 * random.nextGaussian()));
                figures.put("last_loss", 2.2 + 0.05 * random.nextGaussian() + 0.1 * Math.log(collapse));
                figures.put(
                        "particulars.linf_over_epsilon", holes == 0 ? Double.NaN : holes * 1.7 + random.nextDouble());
                figures.put("final.dead.singletons", Math.rint(10 * random.nextDouble()));
                figures.put("final.live.norms.mean", 1 + 0.1 * random.nextGaussian());
                figures.put("initial.dead.tokens", 67.0);
            }
            if (reason == null && sweep.keep() != Keep.FIGURES) {
                writeSeries(draft.directory().resolve(SeriesFile.NAME), steps, collapse, random);
            }
            if (reason == null && sweep.keep() == Keep.RECORDING) {
                Files.writeString(draft.directory().resolve("report.html"), "<!doctype html><title>a run</title>");
            }
            StoredRun run = new StoredRun(
                    StoredRun.SCHEMA,
                    point.key().sha256(),
                    Manifest.ARITHMETIC,
                    "0.1.0",
                    new Manifest.Machine("25", "Linux", "vector, 256 bits", 1),
                    point.config().name(),
                    CORPUS,
                    (ObjectNode) ConfigYaml.toJson(point.config()),
                    reason == null ? StoredRun.State.DONE : StoredRun.State.FAILED,
                    reason,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    2.5,
                    figures);
            if (reason == null) {
                draft.publish(run, sweep.keep());
            } else {
                draft.publishFailure(run);
            }
        }
    }

    private static void writeSeries(Path file, int steps, double collapse, SplittableRandom random) throws IOException {
        try (SeriesFile.Writer out = new SeriesFile.Writer(file, SERIES)) {
            double distinct = 1;
            double shift = 0;
            double pace = (1 + 0.3 * random.nextGaussian()) * 12 / collapse;
            for (int step = 0; step <= steps; step++) {
                distinct = Math.clamp(distinct + Math.rint(random.nextGaussian() + 0.1 * collapse), 1, 67);
                double holes = Math.rint(Math.min(distinct / 3, pace * (1 - Math.exp(-step / 60.0))));
                double size = 1e-3 * Math.exp(-step / (40.0 * collapse)) * (1 + 0.1 * random.nextGaussian());
                shift += Math.abs(size);
                out.row(
                        step,
                        61,
                        step == 0 ? Double.NaN : 61,
                        step == 0 ? Double.NaN : 2e-3 * (1 + 0.1 * random.nextGaussian()),
                        distinct,
                        holes,
                        Math.min(67, holes * 6),
                        Math.min(40, holes * 3),
                        step == 0 ? Double.NaN : Math.rint(67 * Math.exp(-step / 100.0)),
                        step == 0 ? Double.NaN : size < 1e-6 ? 0 : size,
                        shift,
                        step == 0 ? Double.NaN : 2.2 + 2.2 * Math.exp(-step / 30.0) + 0.05 * random.nextGaussian());
            }
        }
    }
}
