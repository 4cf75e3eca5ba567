package org.lilgatsby.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.PrincipalPlane;
import org.lilgatsby.analysis.Split;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.report.Timeline.Cloud;
import org.lilgatsby.report.Timeline.Frame;

/** Projects the rows of chosen steps onto two planes: all rows, and the dead rows about their own centroid. */
final class CloudBuilder {
    /** Rows drawn; of more, those at equal distances. */
    private static final int MOST_ROWS = 1_024;

    /** Places of rows in all frames together. */
    private static final int MOST_PLACES = 40_000;

    private static final int LARGEST = 0xFFFF;

    /** Distinct rows that span a plane. */
    private static final int ROWS_OF_A_PLANE = 3;

    private final History embeddings;
    private final Tokens drawn;
    private final Tokens drawnDead;
    private final Split split;
    private final Sampling frames;
    private final PrincipalPlane plane;
    private final Optional<PrincipalPlane> deadPlane;

    CloudBuilder(History embeddings, Split split, Collection<Integer> events) {
        this.embeddings = embeddings;
        this.split = split;
        this.drawn = drawn(split.all());
        this.drawnDead = Tokens.of(IntStream.of(drawn.toArray()).filter(split.dead()::contains).toArray());
        this.frames = Sampling.of(embeddings, events, Math.max(3, MOST_PLACES / drawn.size()));
        this.plane = PrincipalPlane.of(rows(embeddings.last(), drawn));
        this.deadPlane = drawnDead.size() == 0 ? Optional.empty() : Optional.of(deadPlane());
    }

    private static Tokens drawn(Tokens all) {
        int stride = (all.size() + MOST_ROWS - 1) / MOST_ROWS;
        return Tokens.of(IntStream.iterate(0, i -> i < all.size(), i -> i + stride).map(all::id).toArray());
    }

    private static List<Vector> rows(Matrix matrix, Tokens tokens) {
        return IntStream.of(tokens.toArray()).mapToObj(row -> new Vector(matrix.values(row))).toList();
    }

    /** The dead rows relative to the centroid of all dead rows. */
    private List<Vector> deadRows(Matrix matrix) {
        Vector centroid = Centroid.of(matrix, split.dead()).position();
        return rows(matrix, drawnDead).stream().map(row -> row.minus(centroid)).toList();
    }

    Cloud cloud() {
        double[][] places = new double[frames.size()][];
        for (int i = 0; i < places.length; i++) {
            places[i] = project(rows(embeddings.matrix(frames.place(i)), drawn), plane);
        }
        double[] box = box(places);
        List<Frame> all = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            all.add(frame(embeddings.matrix(frames.place(i)), places[i], box));
        }
        return new Cloud(
                frames.steps(),
                drawn.toArray(),
                split.all().size(),
                all,
                new double[] {plane.firstShare(), plane.secondShare()},
                deadPlane.map(p -> new double[] {p.firstShare(), p.secondShare()}).orElse(new double[0]),
                box);
    }

    /** The plane of the last frame in which the dead rows span one; of the last frame if none does. */
    private PrincipalPlane deadPlane() {
        Matrix spanning = IntStream.range(0, frames.size())
                .map(i -> frames.size() - 1 - i)
                .mapToObj(frame -> embeddings.matrix(frames.place(frame)))
                .filter(matrix -> Census.of(matrix, drawnDead).distinct() >= ROWS_OF_A_PLANE)
                .findFirst()
                .orElseGet(embeddings::last);
        return PrincipalPlane.of(deadRows(spanning));
    }

    private Frame frame(Matrix matrix, double[] places, double[] box) {
        if (deadPlane.isEmpty()) {
            return new Frame(coded(places, box), holes(matrix), new double[0], "");
        }
        double[] dead = project(deadRows(matrix), deadPlane.get());
        double[] deadBox = box(dead);
        return new Frame(coded(places, box), holes(matrix), deadBox, coded(dead, deadBox));
    }

    private static double[] project(List<Vector> rows, PrincipalPlane plane) {
        double[] places = new double[2 * rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            places[2 * i] = plane.x(rows.get(i));
            places[2 * i + 1] = plane.y(rows.get(i));
        }
        return places;
    }

    private static double[] box(double[]... frames) {
        double[] box = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double[] places : frames) {
            for (int i = 0; i < places.length; i++) {
                int axis = 2 * (i % 2);
                box[axis] = Math.min(box[axis], places[i]);
                box[axis + 1] = Math.max(box[axis + 1], places[i]);
            }
        }
        return box;
    }

    private static String coded(double[] places, double[] box) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * places.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < places.length; i++) {
            int axis = 2 * (i % 2);
            double range = box[axis + 1] - box[axis];
            bytes.putShort((short) (range > 0 ? Math.round((places[i] - box[axis]) / range * LARGEST) : 0));
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private String holes(Matrix matrix) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * drawn.size()).order(ByteOrder.LITTLE_ENDIAN);
        int[] first = new int[drawn.size()];
        Census census = Census.of(matrix, drawn);
        for (int i = 0; i < first.length; i++) {
            first[i] = i;
        }
        census.blackHoles().forEach(hole -> {
            int leader = Arrays.binarySearch(drawn.toArray(), hole.representative());
            IntStream.of(hole.tokens().toArray()).forEach(t -> first[Arrays.binarySearch(drawn.toArray(), t)] = leader);
        });
        for (int number : first) {
            bytes.putShort((short) number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
