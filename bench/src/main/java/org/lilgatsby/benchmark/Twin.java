package org.lilgatsby.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.experiment.LargeModel;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;

/**
 * A synthetic bfloat16 embedding matrix with the demographics of a published one, for measurements and tests without
 * the model. The same values give the same bits on every machine.
 *
 * <p>Tokens are dealt to these kinds of rows by a random permutation:
 *
 * <ul>
 *   <li>black holes: the first is a row of its own, the others lie one or two cells from it in some columns, so that
 *       any two are one to four cells apart;
 *   <li>their surroundings: row i is exactly 1 + i mod {@value #RINGS} cells from the first black hole;
 *   <li>pairs: two rows far from all others, 1 + i mod {@value #RINGS} cells apart;
 *   <li>all others: a common mean, and normal noise whose scale varies by row and by column.
 * </ul>
 *
 * @param rows number of tokens
 * @param columns width, at least 16 and more than the number of black holes
 * @param populations tokens of each black hole, at least one black hole, each of at least 2 tokens
 * @param surrounding rows around the black holes
 * @param pairs number of pairs of neighbouring rows elsewhere
 * @param seed of all random numbers; only the lower 32 bits count
 */
public record Twin(int rows, int columns, List<Integer> populations, int surrounding, int pairs, long seed) {
    /** The name of the tensor. */
    public static final String TENSOR = "model.embed_tokens.weight";

    /** Distances that occur around the black holes and within pairs, in cells: 1 to this. */
    static final int RINGS = 20;

    private static final int ROWS_AT_A_TIME = 256;

    /** Copies the list. @throws IllegalArgumentException if the rows or columns do not suffice */
    public Twin {
        populations = List.copyOf(populations);
        int inBlackHoles = populations.stream().mapToInt(Integer::intValue).sum();
        long dealt = (long) inBlackHoles + surrounding + 2L * pairs;
        if (populations.isEmpty() || populations.stream().anyMatch(p -> p < 2) || surrounding < 0 || pairs < 0) {
            throw new IllegalArgumentException(
                    "a twin needs black holes of at least 2 tokens each, not " + populations);
        }
        if (dealt > rows || columns < Math.max(16, populations.size() + 1)) {
            throw new IllegalArgumentException(
                    "a twin of %d black holes needs at least %d rows and %d columns, not %d and %d"
                            .formatted(populations.size(), dealt, Math.max(16, populations.size() + 1), rows, columns));
        }
    }

    /** The twin of a public model of 4 billion parameters. */
    public static Twin published(long seed) {
        return new Twin(LargeModel.VOCABULARY, LargeModel.WIDTH, LargeModel.POPULATIONS, 60, 40, seed);
    }

    /** Bytes of the matrix. */
    public long bytes() {
        return (long) rows * columns * Short.BYTES;
    }

    /** All its bits, row by row; for small matrices. */
    public short[] bits() {
        short[] bits = new short[Math.multiplyExact(rows, columns)];
        Rows made = new Rows();
        for (int token = 0; token < rows; token++) {
            System.arraycopy(made.row(token), 0, bits, token * columns, columns);
        }
        return bits;
    }

    /**
     * Writes it as a safetensors file of one tensor, {@link #TENSOR}.
     *
     * @throws IOException if the file exists, or the disk has no room for it
     */
    public void write(Path file) throws IOException {
        SafetensorsLayout layout = SafetensorsLayout.of(
                List.of(TensorSpec.of(TENSOR, DType.BF16, rows, columns)),
                Map.of("made_by", "lilgatsby, a twin of a published matrix", "seed", Long.toString(seed)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, layout)) {
            Rows made = new Rows();
            IntStream.range(0, Math.ceilDiv(rows, ROWS_AT_A_TIME)).parallel().forEach(part -> made.write(writer, part));
        } catch (UncheckedIOException e) {
            Files.deleteIfExists(file);
            throw e.getCause();
        }
    }

    /** What is drawn once, and the rows computed from it. */
    private final class Rows {
        private final int[] placeOf; // by token: its place in the permutation
        private final float[] mean;
        private final float[] columnScale;
        private final short[] firstHole;
        private final int[] first = new int[populations.size() + 1]; // place of each black hole's first token

        Rows() {
            TorchGenerator random = new TorchGenerator(seed);
            placeOf = random.randperm(rows);
            mean = normal(random, 0.004f);
            columnScale = normal(random, 0.3f);
            for (int j = 0; j < columns; j++) {
                columnScale[j] = (float) StrictMath.exp(columnScale[j]);
            }
            firstHole = new short[columns];
            float[] noise = normal(random, 0.01f);
            for (int j = 0; j < columns; j++) {
                firstHole[j] = Bf16.fromFloat(mean[j] + columnScale[j] * noise[j]);
            }
            for (int hole = 0; hole < populations.size(); hole++) {
                first[hole + 1] = first[hole] + populations.get(hole);
            }
        }

        private float[] normal(TorchGenerator random, float scale) {
            float[] values = new float[columns];
            random.normal(values, 0, columns, 0, scale);
            return values;
        }

        void write(SafetensorsWriter writer, int part) {
            int from = part * ROWS_AT_A_TIME;
            int to = Math.min(rows, from + ROWS_AT_A_TIME);
            ByteBuffer bytes =
                    ByteBuffer.allocate((to - from) * columns * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int token = from; token < to; token++) {
                for (short bits : row(token)) {
                    bytes.putShort(bits);
                }
            }
            try {
                writer.writeRows(0, from, bytes.flip());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        short[] row(int token) {
            int place = placeOf[token];
            int inBlackHoles = first[populations.size()];
            int paired = place - inBlackHoles - surrounding;
            if (place < inBlackHoles) {
                int hole = 0;
                while (place >= first[hole + 1]) {
                    hole++;
                }
                return hole(hole);
            }
            if (paired < 0) {
                return beside(firstHole, place - inBlackHoles, place);
            }
            return paired < 2 * pairs && paired % 2 == 1 ? beside(free(place - 1), paired / 2, place) : free(place);
        }

        private short[] hole(int hole) {
            short[] row = firstHole.clone();
            TorchGenerator random = random(hole, 1);
            for (int j = populations.size(); hole > 0 && j < columns; j++) {
                int step = (int) (random.uniform() * 5) - 2;
                row[j] = moved(row[j], random.uniform() < 0.125f ? step : 0);
            }
            if (hole > 0) {
                row[hole] = moved(row[hole], -1); // so that no two are equal
            }
            return row;
        }

        /** A row at a distance given by its index. */
        private short[] beside(short[] origin, int number, int place) {
            int distance = 1 + number % RINGS;
            short[] row = origin.clone();
            TorchGenerator random = random(place, 2);
            for (int j = 0; j < columns; j++) {
                int step = (int) (random.uniform() * (2 * distance + 1)) - distance;
                row[j] = moved(row[j], random.uniform() < 0.25f ? step : 0);
            }
            int furthest = number % columns;
            row[furthest] = moved(origin[furthest], distance);
            return row;
        }

        private short[] free(int place) {
            TorchGenerator random = random(place, 3);
            float[] noise = normal(random, 1);
            float scale = 0.02f * (float) StrictMath.exp(0.15 * noise[0]);
            short[] row = new short[columns];
            for (int j = 0; j < columns; j++) {
                row[j] = Bf16.fromFloat(mean[j] + scale * columnScale[j] * noise[j]);
            }
            return row;
        }

        private TorchGenerator random(int number, int kind) {
            return new TorchGenerator((seed * 0x9E37_79B9L + number) * 4 + kind);
        }

        private static short moved(short bits, int cells) {
            return (short) FloatFormat.BF16.bitsAt(FloatFormat.BF16.orderedIndex(bits) + cells);
        }
    }
}
