package org.lilgatsby.run;

import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.model.Model;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.training.TrainingConfig;

/**
 * Text drawn from a trained model. Under double-shift targets position t predicts token t+2, so each token is drawn
 * from the logits two positions back: the model never sees the token just before.
 */
final class TextSample {
    private static final int PROMPT = 48;

    private TextSample() {}

    /**
     * A prompt from the corpus's beginning and its continuation by {@code length} tokens drawn from the softmax, each
     * under a heading; the same for the same model and seed.
     */
    static String draw(Model model, Corpus corpus, TrainingConfig training, long seed, int length) {
        int context = model.config().context();
        int vocabulary = model.config().vocabulary();
        int lag = training.targets().lag();
        int prompt = Math.min(PROMPT, context);
        int[] text = new int[prompt + length];
        corpus.copy(0, text, 0, prompt);
        TorchGenerator generator = new TorchGenerator(seed);
        int[] window = new int[context];
        float[] logits = new float[context * vocabulary];
        for (int n = prompt; n < text.length; n++) {
            int first = Math.max(0, n - context);
            System.arraycopy(text, first, window, 0, n - first);
            model.logits(window, logits);
            text[n] = pick(logits, (n - lag - first) * vocabulary, vocabulary, generator.uniform());
        }
        return """
                Prompt, the corpus's first %d tokens:
                %s

                Generated, %d tokens:
                %s
                """.formatted(
                        prompt,
                        corpus.texts().decode(text, 0, prompt),
                        length,
                        corpus.texts().decode(text, prompt, text.length));
    }

    /** The first id at which the cumulative softmax exceeds {@code uniform}. */
    private static int pick(float[] logits, int at, int vocabulary, float uniform) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            max = Math.max(max, logits[at + i]);
        }
        double total = 0;
        for (int i = 0; i < vocabulary; i++) {
            total += StrictMath.exp(logits[at + i] - max);
        }
        double left = uniform * total;
        int last = 0;
        for (int i = 0; i < vocabulary; i++) {
            last = i;
            left -= StrictMath.exp(logits[at + i] - max);
            if (left < 0) {
                break;
            }
        }
        return last;
    }
}
