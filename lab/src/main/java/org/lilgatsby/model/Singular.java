package org.lilgatsby.model;

/** One vector from N(0, scale²), drawn after the model is constructed, copied to all rows. */
public record Singular() implements Initialization {
    @Override
    public String name() {
        return "singular";
    }

    @Override
    public String reason() {
        return "one drawn vector, copied to all rows";
    }

    @Override
    public String meaningOfScale() {
        return "standard deviation of the common vector's components";
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
        return true;
    }

    @Override
    public boolean hasNoise() {
        return false;
    }

    @Override
    public float[] embed(EmbeddingDraw draw) {
        float[] common = draw.scaledVector();
        draw.setRows(common);
        return common;
    }
}
