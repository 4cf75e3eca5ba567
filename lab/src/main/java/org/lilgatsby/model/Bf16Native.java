package org.lilgatsby.model;

/**
 * The generator is seeded again. A vector from N(0, scale²) is rounded to bf16; for sigma above 0, N(0, sigma²) rounded
 * to bf16 is added in bf16. No float32 stage.
 */
public record Bf16Native() implements Initialization {
    @Override
    public String name() {
        return "bf16-native";
    }

    @Override
    public String reason() {
        return "one drawn vector rounded to bf16; noise, if any, rounded and added in bf16";
    }

    @Override
    public String meaningOfScale() {
        return "standard deviation of the common vector's components";
    }

    @Override
    public double usualScale() {
        return 0.02;
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
        return embed(draw, draw.scaledVector());
    }

    /** Rounds the vector and adds rounded noise to it. */
    static float[] embed(EmbeddingDraw draw, float[] vector) {
        float[] common = EmbeddingDraw.rounded(vector);
        if (draw.config().sigma() == 0) {
            draw.setRows(common);
        } else {
            draw.setRows(common, EmbeddingDraw.rounded(draw.noise()));
        }
        draw.round();
        return common;
    }
}
