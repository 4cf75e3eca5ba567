package org.lilgatsby.sweep.findings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.Sweep;
import tools.jackson.databind.node.ObjectNode;

/** A sweep whose runs have made-up figures. */
final class MadeUpSweep {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    private final Sweep sweep;
    private final Store store;
    private final List<Point> points;

    /** Columns and rows of a series; the first number of a row is its step. */
    record Rows(List<String> columns, List<double[]> rows) {}

    MadeUpSweep(Sweep sweep, Path folder) {
        this.sweep = sweep;
        this.store = Store.open(folder.resolve("store"), Manifest.ARITHMETIC);
        this.points = sweep.points((_, _) -> CORPUS);
    }

    /** A sweep of an experiment over settings and seeds. */
    static MadeUpSweep of(Path folder, List<String> vary, String seeds) throws IOException {
        return new MadeUpSweep(Sweep.of("float32-edition").varying(vary, seeds), folder);
    }

    List<Point> points() {
        return points;
    }

    MadeUpSweep done(int point, Map<String, Double> figures) throws IOException {
        try (Store.Draft draft = store.begin(points.get(point).key())) {
            draft.publish(run(points.get(point), null, figures), Keep.FIGURES);
        }
        return this;
    }

    MadeUpSweep done(int point, Map<String, Double> figures, Rows series) throws IOException {
        try (Store.Draft draft = store.begin(points.get(point).key())) {
            try (SeriesFile.Writer out =
                    new SeriesFile.Writer(draft.directory().resolve(SeriesFile.NAME), series.columns())) {
                for (double[] row : series.rows()) {
                    out.row((int) row[0], Arrays.copyOfRange(row, 1, row.length));
                }
            }
            draft.publish(run(points.get(point), null, figures), Keep.SERIES);
        }
        return this;
    }

    /** All points are done, with a figure of each that follows from its point and its place. */
    MadeUpSweep allDone(BiFunction<Point, Integer, Map<String, Double>> figures) throws IOException {
        for (int i = 0; i < points.size(); i++) {
            done(i, figures.apply(points.get(i), i));
        }
        return this;
    }

    MadeUpSweep failed(int point, String reason) throws IOException {
        try (Store.Draft draft = store.begin(points.get(point).key())) {
            draft.publishFailure(run(points.get(point), reason, Map.of()));
        }
        return this;
    }

    private static StoredRun run(Point point, String reason, Map<String, Double> figures) {
        return new StoredRun(
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
                new LinkedHashMap<>(figures));
    }

    RunTable table() throws IOException {
        return RunTable.of(sweep.varied(), points, store, Keep.FIGURES);
    }

    SweepFindings findings() throws IOException {
        return SweepFindings.of(sweep, table());
    }
}
