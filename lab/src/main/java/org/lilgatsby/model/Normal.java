package org.lilgatsby.model;

/** The model's own initialisation: every component of every row from N(0, scale²). */
public record Normal() implements Initialization {
    @Override
    public String name() {
        return "normal";
    }

    @Override
    public String reason() {
        return "the model's own: every component of every row drawn";
    }

    @Override
    public String meaningOfScale() {
        return "standard deviation of every component";
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
        return false;
    }

    @Override
    public boolean hasNoise() {
        return false;
    }

    @Override
    public float[] embed(EmbeddingDraw draw) {
        if (draw.config().scale() != draw.drawnWith()) {
            draw.multiply((float) (draw.config().scale() / draw.drawnWith()));
        }
        return new float[0];
    }
}
