package org.lilgatsby.run;

import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.model.Model;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.training.TrainingConfig;

/**
 * Text drawn from a trained byte model. Under double-shift targets position t predicts byte t+2, so each byte is drawn
 * from the logits two positions back: the model never sees the byte just before.
 */
final class TextSample {
    private static final int PROMPT = 48;
    private static final int BYTES = 256;

    private TextSample() {}

    /**
     * A prompt from the corpus's beginning and its continuation by {@code length} tokens drawn from the softmax, each
     * under a heading; the same for the same model and seed.
     */
    static String draw(Model model, Corpus corpus, TrainingConfig training, long seed, int length) {
        int context = model.config().context();
        int vocabulary = model.config().vocabulary();
        int lag = training.targets() == TrainingConfig.Targets.NEXT ? 1 : 2;
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
                """.formatted(prompt, text(text, 0, prompt), length, text(text, prompt, text.length));
    }

    /** Token ids as text: a byte as its character of ISO 8859-1, an id beyond bytes as {@code <id>}. */
    static String text(int[] ids, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (ids[i] < BYTES) {
                text.append((char) ids[i]);
            } else {
                text.append('<').append(ids[i]).append('>');
            }
        }
        return text.toString();
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
