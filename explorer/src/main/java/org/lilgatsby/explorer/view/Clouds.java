package org.lilgatsby.explorer.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.PrincipalPlane;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;

/** Rows as points of a plane, state by state. */
public final class Clouds {
    /** Planes kept. */
    private static final int MOST_PLANES = 512;

    /** States that define the plane of a whole run. */
    private static final int STATES = 40;

    /** Rows that define a plane; of more, an evenly spaced subset. */
    private static final int MOST_ROWS = 2_048;

    private static final int LEAST_ROWS = 64;

    /** Numbers that are worth waking other threads for, which a run under way keeps busy. */
    private static final int LEAST_SHARED = 1 << 16;

    /** Rows times the square of the width: what the principal components of that many rows cost. */
    private static final long MOST_WORK = 100_000_000;

    private final Map<String, PrincipalPlane> planes = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * One axis.
     *
     * @param name what it shows
     * @param unit of its coordinates
     * @param share of the variance of what defines it along it; NaN without variance, or for a component
     */
    public record Axis(String name, String unit, double share) {}

    /**
     * What the numbers are: float32 [steps, rows, 2].
     *
     * @param rows token ids
     * @param projection what was asked for; {@code whole} where the rows of a state span no plane
     * @param origin the point at (0, 0); null where it follows
     * @param shares of each step's own plane, where it follows; null otherwise
     * @param definedBy rows that define the plane; fewer than there are in a large vocabulary
     */
    public record Header(
            int[] steps,
            int[] rows,
            List<Axis> axes,
            String projection,
            double[] origin,
            boolean following,
            double[][] shares,
            int definedBy) {}

    /**
     * A block of states.
     *
     * @param identity of the run and its states, for what is kept
     * @throws IllegalArgumentException if a step or component does not exist
     */
    public Block of(String identity, History history, Tokens tokens, Projection projection, int from, int to) {
        int[] places = States.between(history, from, to, 2L * Float.BYTES * tokens.size());
        return switch (projection) {
            case Projection.Components components -> components(history, tokens, components, places);
            case Projection.Following _ -> following(identity, history, tokens, places);
            case Projection.Whole _ -> fixed(history, tokens, whole(identity, history, tokens), "whole", places);
            case Projection.Initial _ -> ofState(identity, history, tokens, 0, "initial", places);
            case Projection.Final _ -> ofState(identity, history, tokens, history.size() - 1, "final", places);
            case Projection.Of of ->
                ofState(identity, history, tokens, history.place(of.step()), "step:" + of.step(), places);
        };
    }

    private Block ofState(String identity, History history, Tokens tokens, int place, String name, int[] places) {
        PrincipalPlane plane = ofState(identity, history, tokens, place);
        return plane.isSpanned()
                ? fixed(history, tokens, plane, name, places)
                : fixed(history, tokens, whole(identity, history, tokens), "whole", places);
    }

    private Block fixed(History history, Tokens tokens, PrincipalPlane plane, String name, int[] places) {
        ByteBuffer numbers = numbers(places.length, tokens.size());
        for (int place : places) {
            project(history.matrix(place), tokens, plane, numbers);
        }
        return block(history, tokens, places, axes(plane), name, plane.origin().toArray(), null, numbers);
    }

    private Block following(String identity, History history, Tokens tokens, int[] places) {
        PrincipalPlane last = ofState(identity, history, tokens, history.size() - 1);
        ByteBuffer numbers = numbers(places.length, tokens.size());
        double[][] shares = new double[places.length][];
        for (int i = 0; i < places.length; i++) {
            PrincipalPlane plane = ofState(identity, history, tokens, places[i]).alongside(last);
            shares[i] = new double[] {plane.firstShare(), plane.secondShare()};
            project(history.matrix(places[i]), tokens, plane, numbers);
        }
        return block(history, tokens, places, axes(last), "following", null, shares, numbers);
    }

    private static Block components(History history, Tokens tokens, Projection.Components components, int[] places) {
        for (int component : new int[] {components.x(), components.y()}) {
            if (component >= history.columns()) {
                throw new IllegalArgumentException(
                        "there is no component %d; rows have %d".formatted(component, history.columns()));
            }
        }
        ByteBuffer numbers = numbers(places.length, tokens.size());
        for (int place : places) {
            Matrix matrix = history.matrix(place);
            for (int i = 0; i < tokens.size(); i++) {
                numbers.putFloat((float) matrix.value(tokens.id(i), components.x()));
                numbers.putFloat((float) matrix.value(tokens.id(i), components.y()));
            }
        }
        List<Axis> axes = List.of(
                new Axis("component " + components.x(), "W", Double.NaN),
                new Axis("component " + components.y(), "W", Double.NaN));
        String name = "components:%d,%d".formatted(components.x(), components.y());
        return block(history, tokens, places, axes, name, new double[history.columns()], null, numbers);
    }

    private static List<Axis> axes(PrincipalPlane plane) {
        return List.of(
                new Axis("first principal component", "W", plane.firstShare()),
                new Axis("second principal component", "W", plane.secondShare()));
    }

    private static Block block(
            History history,
            Tokens tokens,
            int[] places,
            List<Axis> axes,
            String projection,
            double[] origin,
            double[][] shares,
            ByteBuffer numbers) {
        int definedBy = Math.min(tokens.size(), mostRows(history.columns()));
        Header header = new Header(
                States.steps(history, places),
                tokens.toArray(),
                axes,
                projection,
                origin,
                origin == null,
                shares,
                definedBy);
        return new Block(header, numbers.flip());
    }

    private static ByteBuffer numbers(int states, int rows) {
        return ByteBuffer.allocate(Math.multiplyExact(2 * Float.BYTES, Math.multiplyExact(states, rows)))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The plane's x and y of each row, in one pass and without a vector for each. */
    private static void project(Matrix matrix, Tokens tokens, PrincipalPlane plane, ByteBuffer numbers) {
        float[] places = new float[2 * tokens.size()];
        double[] origin = plane.origin().toArray();
        double[] first = plane.first().toArray();
        double[] second = plane.second().toArray();
        IntStream all = IntStream.range(0, tokens.size());
        boolean few = (long) tokens.size() * origin.length < LEAST_SHARED;
        (few ? all : all.parallel()).forEach(i -> {
            double[] row = matrix.values(tokens.id(i));
            double x = 0;
            double y = 0;
            for (int j = 0; j < row.length; j++) {
                double from = row[j] - origin[j];
                x += from * first[j];
                y += from * second[j];
            }
            places[2 * i] = (float) x;
            places[2 * i + 1] = (float) y;
        });
        for (float place : places) {
            numbers.putFloat(place);
        }
    }

    private PrincipalPlane ofState(String identity, History history, Tokens tokens, int place) {
        return kept(
                "%s %d %s %d".formatted(identity, history.size(), key(tokens), place),
                () -> PrincipalPlane.of(rows(history.matrix(place), tokens, mostRows(history.columns()))));
    }

    /** The plane of the finite rows of states from all over the run. */
    private PrincipalPlane whole(String identity, History history, Tokens tokens) {
        return kept("%s %d %s whole".formatted(identity, history.size(), key(tokens)), () -> {
            int states = Math.min(STATES, history.size());
            int most = Math.max(2, mostRows(history.columns()) / states);
            List<Vector> rows = new ArrayList<>();
            for (int i = 0; i < states; i++) {
                int place = states == 1 ? 0 : (int) ((long) i * (history.size() - 1) / (states - 1));
                rows(history.matrix(place), tokens, most).stream()
                        .filter(row -> Double.isFinite(row.dot(row)))
                        .forEach(rows::add);
            }
            return PrincipalPlane.of(rows.isEmpty() ? List.of(new Vector(new double[history.columns()])) : rows);
        });
    }

    /** Tokens that differ nearly always have different keys; a group of a run is one of three. */
    private static String key(Tokens tokens) {
        return tokens.size() + "-" + tokens.hashCode();
    }

    private PrincipalPlane kept(String key, Supplier<PrincipalPlane> plane) {
        synchronized (planes) {
            PrincipalPlane known = planes.get(key);
            if (known != null) {
                return known;
            }
        }
        PrincipalPlane made = plane.get();
        synchronized (planes) {
            planes.put(key, made);
            if (planes.size() > MOST_PLANES) {
                planes.remove(planes.keySet().iterator().next());
            }
        }
        return made;
    }

    private static int mostRows(int width) {
        return (int) Math.clamp(MOST_WORK / ((long) width * width), LEAST_ROWS, MOST_ROWS);
    }

    private static List<Vector> rows(Matrix matrix, Tokens tokens, int most) {
        int stride = Math.ceilDiv(tokens.size(), most);
        return IntStream.iterate(0, i -> i < tokens.size(), i -> i + stride)
                .mapToObj(i -> new Vector(matrix.values(tokens.id(i))))
                .toList();
    }
}
