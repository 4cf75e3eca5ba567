package org.lilgatsby.run;

import java.util.Locale;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.training.TrainingConfig.Targets;

/**
 * What people should know about an exported model before they use it: the {@code README.md} beside it.
 *
 * @param config the run's resolved configuration
 * @param corpus what the model was trained on
 * @param arithmetic version of the arithmetic that computed it
 * @param step updates carried out
 */
public record ModelCard(ExperimentConfig config, Manifest.CorpusFacts corpus, int arithmetic, int step) {
    private static final String CARD = """
            ---
            library_name: transformers
            pipeline_tag: text-generation
            ---
            # %s, seed %d

            A GPT-2 over bytes with %,d parameters: %d layers, width %d, %d heads, context %d, vocabulary %d. It was trained by Lil
            Gatsby, a laboratory that watches embeddings evolve, and is an object of study, not a useful writer.

            ## What it predicts

            %s

            ```python
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer

            tokenizer = AutoTokenizer.from_pretrained(".")
            model = AutoModelForCausalLM.from_pretrained(".")
            ids = tokenizer("In my younger and more vulnerable years", return_tensors="pt").input_ids
            for _ in range(80):
                with torch.no_grad():
                    logits = model(ids[:, -%d:]).logits[0, -%d].float()
                ids = torch.cat([ids, torch.multinomial(logits.softmax(0), 1)[None]], 1)
            print(tokenizer.decode(ids[0]))
            ```

            ## Tokens

            %s %d ids occur in the text that it was trained on; the other %d are dead tokens.

            ## How it was made

            After step %,d of %,d. Trained on %s of %,d bytes, SHA-256 `%s`. The same settings and text give the same bits on every
            machine: arithmetic %d, key `%s`.

            All settings:

            ```json
            %s
            ```
            """;

    /** The card, as Markdown. */
    String text() {
        ModelConfig model = config.model();
        return String.format(
                Locale.ROOT,
                CARD,
                config.name(),
                config.seed(),
                model.parameterCount(),
                model.layers(),
                model.width(),
                model.heads(),
                model.context(),
                model.vocabulary(),
                targets(config.training().targets()),
                model.context(),
                config.training().targets() == Targets.NEXT ? 1 : 2,
                tokens(model.vocabulary()),
                corpus.live().length,
                corpus.dead().length,
                step,
                config.training().steps(),
                corpus.synthetic() ? "the built-in synthetic text" : "a text",
                corpus.bytes(),
                corpus.sha256(),
                arithmetic,
                RunKey.of(config, corpus.sha256(), arithmetic).sha256(),
                RunKey.settings(config).toPrettyString().replace("\r\n", "\n"));
    }

    private static String targets(Targets targets) {
        return switch (targets) {
            case NEXT ->
                "Trained on targets `next`: the logits at position t predict byte t+1, so `generate()` works as "
                        + "it is, up to the\n"
                        + "context. By hand:";
            case DOUBLE_SHIFT ->
                "**Two bytes ahead.** Trained on targets `double-shift`: position t predicts byte t+2, not t+1. "
                        + "`generate()` takes the\n"
                        + "logits of the last position for the next byte, which here belong to the byte after "
                        + "it. Draw the next byte from the\n"
                        + "logits of the position before the last:";
        };
    }

    private static String tokens(int vocabulary) {
        return "A token id is a byte of the text's UTF-8."
                + (vocabulary < 256
                        ? " Bytes from %d on have no id, and the tokenizer drops them.".formatted(vocabulary)
                        : "")
                + (vocabulary > 256
                        ? " Ids from 256 on stand for no text; they are shown as `<|256|>` and so on."
                        : "");
    }
}
