package org.lilgatsby.explorer.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;

/** Which rows are equal: each is labelled with the smallest token of its group. */
public final class Labels {
    private static final int SMALL = 1 << 16;

    private Labels() {}

    /**
     * What the numbers are: [steps, rows].
     *
     * @param rows token ids
     * @param type {@code uint16} or {@code uint32}
     */
    public record Header(int[] steps, int[] rows, String type) {}

    /** The labels of a block of states, from one step to another. */
    public static Block of(History history, Tokens tokens, int from, int to) {
        boolean small = history.rows() <= SMALL;
        int bytes = small ? Short.BYTES : Integer.BYTES;
        int[] places = States.between(history, from, to, (long) bytes * tokens.size());
        ByteBuffer numbers = ByteBuffer.allocate(Math.multiplyExact(bytes, places.length * tokens.size()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int place : places) {
            int[] labels = of(history.matrix(place), tokens);
            for (int i = 0; i < tokens.size(); i++) {
                if (small) {
                    numbers.putShort((short) labels[tokens.id(i)]);
                } else {
                    numbers.putInt(labels[tokens.id(i)]);
                }
            }
        }
        Header header = new Header(States.steps(history, places), tokens.toArray(), small ? "uint16" : "uint32");
        return new Block(header, numbers.flip());
    }

    /** The labels of a state, by token; -1 for a token that is not among those given. */
    static int[] of(Matrix matrix, Tokens tokens) {
        int[] labels = new int[matrix.rows()];
        Arrays.fill(labels, -1);
        Census census = Census.of(matrix, tokens);
        for (int alone : census.singletonTokens().toArray()) {
            labels[alone] = alone;
        }
        for (BlackHole hole : census.blackHoles()) {
            for (int token : hole.tokens().toArray()) {
                labels[token] = hole.representative();
            }
        }
        return labels;
    }
}
