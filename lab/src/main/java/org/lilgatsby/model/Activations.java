package org.lilgatsby.model;

import java.util.Arrays;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.kernel.Kernels;

/**
 * Scratch memory of one sequence for its forward and backward pass, owned by one worker or shared by a team that works
 * on the sequence. T positions, C width, F hidden units of the MLP, V vocabulary, L layers, NH heads. Matrices start at
 * {@link CacheLine#ALIGNED_OFFSET}.
 */
final class Activations {
    /** 2 MB. */
    private static final int MOST_LOGITS = 1 << 19;

    private static final int TILE = 16;

    final float[][] residual; // [2L+1][T*C]: input of block l at 2l, after its attention at 2l+1, output at 2L
    final float[][] stats; // [2L+1][2T]: mean and rstd of the normalisation of residual[i]
    final float[][] norm1; // [L][T*C]
    final float[][] qkv; // [L][T*3C]
    final float[][] attention; // [L][T*C]
    final float[][][] attentionExps; // [L][NH][...] for the gradient of attention
    final float[][] attentionReciprocals; // [L][NH*T]
    final float[][] norm2; // [L][T*C]
    final float[][] hidden; // [L][T*F] before gelu, then its derivative there
    final float[][] activated; // [L][T*F] after gelu
    final float[] normFinal; // [T*C]
    final int headRows; // R, positions whose logits are held at a time
    final float[] logits; // [R*V], then their gradient
    final double[] losses; // [T]

    final float[][] dresidual; // [2][T*C]: gradient of a block's output and of its input, in turn
    final float[] dmiddle; // [T*C]: gradient of residual[2l+1]
    final float[][] dfactor; // [2][T*C] under autocast: gradient of a block's output, and dmiddle, rounded
    final float[] dnorm1; // [T*C]
    final float[] dnorm2; // [T*C]
    final float[] dnormFinal; // [T*C]
    final float[] dhidden; // [T*F]
    final float[] dattention; // [T*C]
    final float[] dqkv; // [T*3C]
    final float[][] scratch; // [NH][...] of the attention kernels

    Activations(ModelConfig config, PrecisionConfig.Compute compute, Kernels kernels) {
        this(config, compute, kernels, MOST_LOGITS);
    }

    /** With room for about as many logits at a time. */
    Activations(ModelConfig config, PrecisionConfig.Compute compute, Kernels kernels, int mostLogits) {
        this(config, compute, kernels, mostLogits, Room.made());
    }

    /** Positions whose logits are held at a time: as many as stay in the second-level cache, in whole tiles of rows. */
    private static int headRows(ModelConfig config, int mostLogits) {
        int rows = mostLogits / config.vocabulary();
        return Math.min(config.context(), Math.max(TILE, rows - rows % TILE));
    }

    /** Bytes of all these arrays. */
    static long bytes(ModelConfig config, PrecisionConfig.Compute compute, Kernels kernels) {
        Room room = Room.counted();
        Activations counted = new Activations(config, compute, kernels, MOST_LOGITS, room);
        return room.bytes() + (long) Double.BYTES * counted.losses.length;
    }

    private Activations(
            ModelConfig config, PrecisionConfig.Compute compute, Kernels kernels, int mostLogits, Room room) {
        int t = config.context();
        int c = config.width();
        int l = config.layers();
        residual = room.floats(2 * l + 1, t * c);
        stats = room.plain(2 * l + 1, 2 * t);
        norm1 = room.floats(l, t * c);
        qkv = room.floats(l, t * 3 * c);
        attention = room.floats(l, t * c);
        attentionExps = new float[l][][];
        Arrays.setAll(attentionExps, i -> room.floats(config.heads(), kernels.attentionExps(t)));
        attentionReciprocals = room.plain(l, config.heads() * t);
        norm2 = room.floats(l, t * c);
        hidden = room.floats(l, t * config.ffn());
        activated = room.floats(l, t * config.ffn());
        normFinal = room.floats(t * c);
        headRows = headRows(config, mostLogits);
        logits = room.floats(headRows * config.vocabulary());
        losses = new double[t];
        dresidual = room.floats(2, t * c);
        dmiddle = room.floats(t * c);
        dfactor = room.floats(compute.roundsProducts() == compute.roundsStream() ? 0 : 2, t * c);
        dnorm1 = room.floats(t * c);
        dnorm2 = room.floats(t * c);
        dnormFinal = room.floats(t * c);
        dhidden = room.floats(t * config.ffn());
        dattention = room.floats(t * c);
        dqkv = room.floats(t * 3 * c);
        scratch = room.plain(config.heads(), kernels.attentionScratch(t, config.headSize()));
    }
}
