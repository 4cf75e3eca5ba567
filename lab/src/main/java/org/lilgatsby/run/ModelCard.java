package org.lilgatsby.run;

import java.util.Locale;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.tokenizer.TokenTexts;
import org.lilgatsby.training.TrainingConfig.Targets;

/**
 * What people should know about an exported model before they use it: the {@code README.md} beside it.
 *
 * @param config the run's resolved configuration
 * @param corpus what the model was trained on
 * @param texts what its token ids stand for
 * @param arithmetic version of the arithmetic that computed it
 * @param step updates carried out
 */
public record ModelCard(
        ExperimentConfig config, Manifest.CorpusFacts corpus, TokenTexts texts, int arithmetic, int step) {
    private static final String CARD = """
            ---
            library_name: transformers
            pipeline_tag: text-generation
            ---
            # %s, seed %d

            A GPT-2 over %s with %,d parameters: %d layers, width %d, %d heads, context %d, vocabulary %d. It was \
            trained by Lil
            Gatsby, a laboratory that watches embeddings evolve, and is an object of study, not a useful writer.%s

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

            After step %,d of %,d. Trained on %s of %,d %s, SHA-256 `%s`. The same settings and text give the same \
            bits on every
            machine: arithmetic %d, key `%s`.

            All settings:

            ```json
            %s
            ```
            """;

    private static final String NO_BIASES = """


            It was trained without biases. Hugging Face's GPT-2 always has them, so the file holds zeros, which \
            compute the same; to
            train further without biases, keep them from changing.""";

    /** The card, as Markdown. */
    String text() {
        ModelConfig model = config.model();
        return String.format(
                Locale.ROOT,
                CARD,
                config.name(),
                config.seed(),
                unit() + "s",
                model.parameterCount(),
                model.layers(),
                model.width(),
                model.heads(),
                model.context(),
                model.vocabulary(),
                model.biases() ? "" : NO_BIASES,
                targets(config.training().targets()).replace("byte", unit()),
                model.context(),
                config.training().targets().lag(),
                tokens(),
                corpus.live().length,
                corpus.dead().length,
                step,
                config.training().steps(),
                corpus.synthetic() ? "the built-in synthetic text" : "a text",
                corpus.bytes(),
                unit() + "s",
                corpus.sha256(),
                arithmetic,
                RunKey.of(config, corpus.sha256(), arithmetic).sha256(),
                RunKey.settings(config).toPrettyString().replace("\r\n", "\n"));
    }

    private static String targets(Targets targets) {
        return switch (targets) {
            case NEXT, NEXT_WITHIN ->
                "Trained on targets `" + targets
                        + "`: the logits at position t predict byte t+1, so `generate()` works as "
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

    private String unit() {
        return texts instanceof TokenTexts.Bytes ? "byte" : "token";
    }

    private String tokens() {
        int vocabulary = config.model().vocabulary();
        return switch (texts) {
            case TokenTexts.Bytes _ ->
                "A token id is a byte of the text's UTF-8."
                        + (vocabulary < 256
                                ? " Bytes from %d on have no id, and the tokenizer drops them.".formatted(vocabulary)
                                : "")
                        + (vocabulary > 256
                                ? " Ids from 256 on stand for no text; they are shown as `<|256|>` and so on."
                                : "");
            case TokenTexts.Named named
            when named.renumbering().isPresent() ->
                "Token ids are those of `original-tokenizer.json` as `renumbering.json` renumbers them, which no"
                        + " tokenizer of Transformers does: the code above needs the new ids.";
            case TokenTexts.Named named ->
                "Token ids are those of `tokenizer.json`."
                        + (vocabulary > named.tokenizer().size()
                                ? " It gives %,d; those above are rows of the model alone."
                                        .formatted(named.tokenizer().size())
                                : "");
            case TokenTexts.Unnamed _ ->
                "The model was trained on files of token ids without a tokenizer, so there is none here: the code"
                        + " above needs the ids.";
        };
    }
}
