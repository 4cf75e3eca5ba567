package org.lilgatsby.analysis;

/**
 * The mean hidden state at every recorded update: the mean over the batch's positions of the head's input, and so the
 * direction in which the loss pushes every token that does not occur. The state before any update has none and is NaN
 * here.
 *
 * @param norm its L2 norm, without unit
 * @param turn cosine of the angle between it and that of the previous recorded update; NaN where there is none
 * @param sinceFirst cosine of the angle between it and that of the first recorded update
 * @param alignment cosine of the angle between it and the motion of the tokens' centroid in the same update; -1 where
 *     they are pushed straight away from it, NaN where they did not move
 */
public record HiddenSeries(FigureSeries norm, FigureSeries turn, FigureSeries sinceFirst, FigureSeries alignment) {
    /**
     * The series of a recording.
     *
     * @param hidden mean hidden states, [1, D] each; a state recorded at step 0 is skipped
     * @param embeddings W after the update at the same place; the last updates may lack it
     * @param tokens the group whose centroid is used
     * @param kept the places whose figures are kept
     * @throws IllegalArgumentException if there are more matrices than mean hidden states
     */
    public static HiddenSeries of(History hidden, History embeddings, Tokens tokens, Places kept) {
        if (embeddings.size() > hidden.size()) {
            throw new IllegalArgumentException("%d mean hidden states do not match %d matrices of the same steps"
                    .formatted(hidden.size(), embeddings.size()));
        }
        int begin = hidden.step(0) == 0 ? 1 : 0;
        double[][] figures = new double[4][kept.kept()];
        for (int i = 0; i < kept.kept(); i++) {
            int place = kept.place(i);
            Vector state = place < begin ? null : state(hidden, place);
            figures[0][i] = state == null ? Double.NaN : state.norm();
            figures[1][i] = place <= begin ? Double.NaN : state.cosine(state(hidden, place - 1));
            figures[2][i] = state == null ? Double.NaN : state.cosine(state(hidden, begin));
            figures[3][i] = state == null || place == 0 ? Double.NaN : state.cosine(step(embeddings, tokens, place));
        }
        return new HiddenSeries(
                new FigureSeries(kept, figures[0]),
                new FigureSeries(kept, figures[1]),
                new FigureSeries(kept, figures[2]),
                new FigureSeries(kept, figures[3]));
    }

    private static Vector step(History embeddings, Tokens tokens, int place) {
        Vector before = Centroid.of(embeddings.matrix(place - 1), tokens).position();
        return Centroid.of(embeddings.matrix(place), tokens).position().minus(before);
    }

    private static Vector state(History hidden, int place) {
        return new Vector(hidden.matrix(place).values(0));
    }
}
