package org.lilgatsby.model;

/** One random direction of length scale, drawn after the model is constructed, copied to all rows. */
public record UnitSingular() implements Initialization {
    @Override
    public String name() {
        return "unit-singular";
    }

    @Override
    public String reason() {
        return "one random direction, copied to all rows";
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
        float[] common = draw.vectorOfLength();
        draw.setRows(common);
        return common;
    }
}
