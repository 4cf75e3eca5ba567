package org.lilgatsby.model;

/** Like {@link Bf16Native}, but from one random direction of length scale, rounded to bf16 as soon as it is drawn. */
public record UnitBf16Native() implements Initialization {
    @Override
    public String name() {
        return "unit-bf16-native";
    }

    @Override
    public String reason() {
        return "one random direction rounded to bf16; noise, if any, rounded and added in bf16";
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
        return true;
    }

    @Override
    public float[] embed(EmbeddingDraw draw) {
        draw.reseed();
        return Bf16Native.embed(draw, draw.vectorOfLength());
    }
}
