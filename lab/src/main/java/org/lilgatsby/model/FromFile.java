package org.lilgatsby.model;

/** W as a file holds it, times scale in float32; then stored. It draws nothing. */
public record FromFile() implements Initialization {
    @Override
    public String name() {
        return "file";
    }

    @Override
    public String reason() {
        return "W as a file holds it";
    }

    @Override
    public String meaningOfScale() {
        return "factor of the file's values";
    }

    @Override
    public double usualScale() {
        return 1;
    }

    @Override
    public double usualSigma() {
        return 0;
    }

    @Override
    public boolean hasCommonVector() {
        return false;
    }

    @Override
    public boolean hasNoise() {
        return false;
    }

    @Override
    public boolean readsFile() {
        return true;
    }

    @Override
    public float[] embed(EmbeddingDraw draw) {
        draw.setAll(draw.config().file().orElseThrow().read(draw.rows(), draw.width()));
        if (draw.config().scale() != 1) {
            draw.multiply((float) draw.config().scale());
        }
        return new float[0];
    }
}
