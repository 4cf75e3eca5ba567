package org.lilgatsby.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.PrincipalPlane;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.report.Timeline.Cloud;
import org.lilgatsby.report.Timeline.CloudFrame;
import org.lilgatsby.report.Timeline.DeadRows;

/** Projects the rows of chosen steps onto planes: all rows, and the dead rows about their own centroid. */
final class CloudBuilder {
    /** Number of rows drawn; if there are more, an evenly spaced subset. */
    private static final int MOST_ROWS = 1_024;

    /** Number of row positions in all frames together. */
    private static final int MOST_PLACES = 40_000;

    private final History embeddings;
    private final Tokens drawn;
    private final Tokens drawnDead;
    private final LiveDeadSplit split;
    private final Sampling frames;

    CloudBuilder(History embeddings, LiveDeadSplit split, Collection<Integer> events) {
        this.embeddings = embeddings;
        this.split = split;
        this.drawn = drawn(split.all());
        this.drawnDead = Tokens.of(
                IntStream.of(drawn.toArray()).filter(split.dead()::contains).toArray());
        this.frames = Sampling.of(embeddings, events, Math.max(3, MOST_PLACES / drawn.size()));
    }

    private static Tokens drawn(Tokens all) {
        int stride = (all.size() + MOST_ROWS - 1) / MOST_ROWS;
        return Tokens.of(IntStream.iterate(0, i -> i < all.size(), i -> i + stride)
                .map(all::id)
                .toArray());
    }

    private static List<Vector> rows(Matrix matrix, Tokens tokens) {
        return IntStream.of(tokens.toArray())
                .mapToObj(row -> new Vector(matrix.values(row)))
                .toList();
    }

    /** The drawn dead rows relative to the centroid of all dead rows. */
    private List<Vector> deadRows(Matrix matrix) {
        Vector centroid = Centroid.of(matrix, split.dead()).position();
        return rows(matrix, drawnDead).stream().map(row -> row.minus(centroid)).toList();
    }

    Cloud cloud() {
        List<Matrix> states = IntStream.range(0, frames.size())
                .mapToObj(i -> embeddings.matrix(frames.place(i)))
                .toList();
        PrincipalPlane ofLast = PrincipalPlane.of(rows(states.getLast(), drawn));
        PrincipalPlane plane = ofLast.isSpanned() ? ofLast : pooled(states).orElse(ofLast);
        List<DeadRows> dead = drawnDead.size() == 0 ? List.of() : dead(states);
        List<CloudFrame> all = new ArrayList<>();
        List<double[]> places = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            List<Vector> rows = rows(states.get(i), drawn);
            places.add(project(rows, plane));
            all.add(new CloudFrame(
                    coded(places.getLast()),
                    Sampling.sevenDigits(plane.shareOf(rows).orElse(Double.NaN)),
                    holes(states.get(i)),
                    dead.isEmpty() ? Optional.empty() : Optional.of(dead.get(i))));
        }
        return new Cloud(
                frames.steps(), drawn.toArray(), split.all().size(), all, shares(plane), plane != ofLast, box(places));
    }

    /** The plane of the finite rows of all states together; empty if there are none. */
    private Optional<PrincipalPlane> pooled(List<Matrix> states) {
        List<Vector> rows = states.stream()
                .flatMap(matrix -> rows(matrix, drawn).stream())
                .filter(row -> Double.isFinite(row.dot(row)))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(PrincipalPlane.of(rows));
    }

    /** The dead rows of each state in their own plane, with axes oriented like those of the following state. */
    private List<DeadRows> dead(List<Matrix> states) {
        LinkedList<DeadRows> frames = new LinkedList<>();
        Optional<PrincipalPlane> after = Optional.empty();
        for (Matrix matrix : states.reversed()) {
            List<Vector> rows = deadRows(matrix);
            PrincipalPlane own = PrincipalPlane.of(rows);
            PrincipalPlane plane = after.map(own::alongside).orElse(own);
            frames.addFirst(new DeadRows(coded(project(rows, plane)), shares(plane), largestDistance(matrix)));
            after = plane.isSpanned() || after.isEmpty() ? Optional.of(plane) : after;
        }
        return frames;
    }

    private double largestDistance(Matrix matrix) {
        List<Vector> distinct = IntStream.of(Census.of(matrix, drawnDead).representatives())
                .mapToObj(row -> new Vector(matrix.values(row)))
                .toList();
        double largest = Double.NaN;
        for (int a = 0; a < distinct.size(); a++) {
            for (int b = a + 1; b < distinct.size(); b++) {
                double distance = distinct.get(a).minus(distinct.get(b)).norm();
                largest = Double.isNaN(largest) ? distance : Math.max(largest, distance);
            }
        }
        return Sampling.sevenDigits(largest);
    }

    private static double[] shares(PrincipalPlane plane) {
        return new double[] {Sampling.sevenDigits(plane.firstShare()), Sampling.sevenDigits(plane.secondShare())};
    }

    private static double[] project(List<Vector> rows, PrincipalPlane plane) {
        double[] places = new double[2 * rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            places[2 * i] = plane.x(rows.get(i));
            places[2 * i + 1] = plane.y(rows.get(i));
        }
        return places;
    }

    private static double[] box(List<double[]> frames) {
        double[] box = {
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        for (double[] places : frames) {
            for (int i = 0; i < places.length; i++) {
                int axis = 2 * (i % 2);
                if (Double.isFinite(places[i])) {
                    box[axis] = Math.min(box[axis], places[i]);
                    box[axis + 1] = Math.max(box[axis + 1], places[i]);
                }
            }
        }
        return box;
    }

    private static String coded(double[] places) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * places.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double place : places) {
            bytes.putFloat((float) place);
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
