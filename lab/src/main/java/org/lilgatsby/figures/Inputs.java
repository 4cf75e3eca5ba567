package org.lilgatsby.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.FigureInput;
import org.lilgatsby.recording.FigureRow;

/** What figures read, as the analyses read it. */
final class Inputs {
    /** Number of groups of tokens, in the order of {@link Group}. */
    static final int GROUPS = Group.values().length;

    private Inputs() {}

    /** A matrix [V, D]. */
    static Matrix matrix(FigureRow row, FigureInput input) {
        Extent extent = row.extent();
        return Matrix.of(row.bytes(input), format(input, extent), extent.vocabulary(), extent.width());
    }

    /** The values of a vector. */
    static double[] vector(FigureRow row, FigureInput input, int length) {
        return Matrix.of(row.bytes(input), format(input, row.extent()), 1, length)
                .values(0);
    }

    private static FloatFormat format(FigureInput input, Extent extent) {
        return input.format(extent) == Precision.BF16 ? FloatFormat.BF16 : FloatFormat.F32;
    }

    /** The groups of a token. */
    static List<Group> groups(Extent extent, int token) {
        List<Group> groups = new ArrayList<>(List.of(Group.ALL));
        if (Arrays.binarySearch(extent.live(), token) >= 0) {
            groups.add(Group.LIVE);
        }
        if (Arrays.binarySearch(extent.dead(), token) >= 0) {
            groups.add(Group.DEAD);
        }
        return groups;
    }

    /** Number of tokens in a group. */
    static int size(Extent extent, Group group) {
        return switch (group) {
            case ALL -> extent.vocabulary();
            case LIVE -> extent.live().length;
            case DEAD -> extent.dead().length;
        };
    }

    /** The tokens of a group. */
    static Tokens tokens(Extent extent, Group group) {
        return switch (group) {
            case ALL -> Tokens.all(extent.vocabulary());
            case LIVE -> Tokens.of(extent.live());
            case DEAD -> Tokens.of(extent.dead());
        };
    }
}
