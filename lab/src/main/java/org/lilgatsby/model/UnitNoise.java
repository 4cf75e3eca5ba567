package org.lilgatsby.model;

/** One random direction of length scale, plus N(0, sigma²) per component and row in float32; then stored. */
public record UnitNoise() implements Initialization {
    @Override
    public String name() {
        return "unit-noise";
    }

    @Override
    public String reason() {
        return "one random direction plus noise for every row, in float32, then stored";
    }

    @Override
    public String meaningOfScale() {
        return "length of the common vector";
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
        float[] common = draw.vectorOfLength();
        draw.setRowsWithNoise(common);
        return common;
    }
}
