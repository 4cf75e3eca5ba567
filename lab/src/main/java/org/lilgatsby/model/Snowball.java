package org.lilgatsby.model;

/** One vector from N(0, scale²) plus N(0, sigma²) per component and row in float32; then stored. */
public record Snowball() implements Initialization {
    @Override
    public String name() {
        return "snowball";
    }

    @Override
    public String reason() {
        return "one drawn vector plus noise for every row, in float32, then stored";
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
        return 1e-5;
    }

    @Override
    public boolean hasCommonVector() {
        return true;
    }

    @Override
    public boolean hasNoise() {
        return true;
    }

    @Override
    public float[] embed(EmbeddingDraw draw) {
        float[] common = draw.scaledVector();
        draw.setRowsWithNoise(common);
        return common;
    }
}
