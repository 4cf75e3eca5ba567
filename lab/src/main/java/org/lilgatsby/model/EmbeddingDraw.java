package org.lilgatsby.model;

import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.random.TorchGenerator;

/**
 * The input of an {@link Initialization}: W, [V, C] in float32, as drawn by the model's own initialisation, and the
 * generator in the state after that draw. The order of draws and roundings is part of the result. The model's own rows
 * are computed only if they are not replaced.
 */
public final class EmbeddingDraw {
    private final InitializationConfig config;
    private final float[] values;
    private final OwnRows own;
    private final int at;
    private final int size;
    private final int width;
    private final double drawnWith;
    private final TorchGenerator generator;
    private final long seed;
    private boolean isSet;

    EmbeddingDraw(
            InitializationConfig config,
            float[] values,
            OwnRows own,
            double drawnWith,
            TorchGenerator generator,
            long seed) {
        this.config = config;
        this.values = values;
        this.own = own;
        this.at = own.wte().at();
        this.size = own.wte().size();
        this.width = own.wte().columns();
        this.drawnWith = drawnWith;
        this.generator = generator;
        this.seed = seed;
    }

    /** Scale and sigma. */
    public InitializationConfig config() {
        return config;
    }

    /** Number of rows, V. */
    public int rows() {
        return size / width;
    }

    /** Components of a row, C. */
    public int width() {
        return width;
    }

    /** The standard deviation that the model's own initialisation drew W with. */
    public double drawnWith() {
        return drawnWith;
    }

    /** Seeds the generator again with the run's seed. */
    public void reseed() {
        generator.seed(seed);
    }

    /** A vector of C standard normals. */
    public float[] vector() {
        return generator.randn(width);
    }

    /** A vector from N(0, scale²), [C]: standard normals times scale in float32. */
    public float[] scaledVector() {
        return scaled(vector(), (float) config.scale());
    }

    /** A vector of random direction and length {@code scale}, [C]: each component / length * scale in float32. */
    public float[] vectorOfLength() {
        float[] vector = vector();
        float length = norm(vector);
        for (int i = 0; i < width; i++) {
            vector[i] = vector[i] / length * (float) config.scale();
        }
        return vector;
    }

    /** Noise from N(0, sigma²) for every row, [V*C]: standard normals times sigma in float32. */
    public float[] noise() {
        return scaled(generator.randn(size), (float) config.sigma());
    }

    /** Computes the model's own rows, unless they were replaced. */
    void complete() {
        if (!isSet) {
            isSet = true;
            own.draw(values);
        }
    }

    /** Copies a vector to all rows. */
    public void setRows(float[] common) {
        isSet = true;
        for (int row = 0; row < size; row += width) {
            for (int j = 0; j < width; j++) {
                values[at + row + j] = common[j] + 0f;
            }
        }
    }

    /** Sets every row to a vector plus the row's noise, in float32. */
    public void setRows(float[] common, float[] noise) {
        isSet = true;
        for (int row = 0; row < size; row += width) {
            for (int j = 0; j < width; j++) {
                values[at + row + j] = common[j] + noise[row + j];
            }
        }
    }

    /** The same with {@link #noise}, which is drawn in the place of W. */
    public void setRowsWithNoise(float[] common) {
        isSet = true;
        generator.normal(values, at, size, 0, 1);
        float sigma = (float) config.sigma();
        for (int row = at; row < at + size; row += width) {
            for (int j = 0; j < width; j++) {
                values[row + j] = common[j] + values[row + j] * sigma;
            }
        }
    }

    /** Sets W, [V*C]. */
    public void setAll(float[] w) {
        isSet = true;
        System.arraycopy(w, 0, values, at, size);
    }

    /** Multiplies W. */
    public void multiply(float factor) {
        complete();
        for (int i = at; i < at + size; i++) {
            values[i] *= factor;
        }
    }

    /** Rounds W to bfloat16. */
    public void round() {
        complete();
        for (int i = at; i < at + size; i++) {
            values[i] = Bf16.round(values[i]);
        }
    }

    /** Rounds values to bfloat16 in place, and returns them. */
    public static float[] rounded(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Bf16.round(values[i]);
        }
        return values;
    }

    private static float[] scaled(float[] vector, float factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
        return vector;
    }

    private static float norm(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return (float) Math.sqrt(sum);
    }
}
