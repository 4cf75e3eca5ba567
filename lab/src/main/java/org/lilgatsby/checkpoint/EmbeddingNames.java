package org.lilgatsby.checkpoint;

import java.util.List;

/** What published models call their token matrices. Where a file has several heads, the first counts. */
final class EmbeddingNames {
    /** Input embeddings, [vocabulary, width]. */
    static final List<String> INPUT = List.of(
            "transformer.wte.weight", // GPT-2, GPT-J, Qwen 1
            "wte.weight", // GPT-2 without its head
            "model.embed_tokens.weight", // Llama, Mistral, Qwen, Gemma, OLMo, Phi
            "embed_tokens.weight",
            "model.language_model.embed_tokens.weight", // models of text and images
            "language_model.model.embed_tokens.weight",
            "gpt_neox.embed_in.weight", // Pythia
            "embed_in.weight",
            "model.decoder.embed_tokens.weight", // OPT
            "decoder.embed_tokens.weight",
            "transformer.word_embeddings.weight", // BLOOM, Falcon
            "word_embeddings.weight",
            "embeddings.word_embeddings.weight", // BERT and its descendants
            "bert.embeddings.word_embeddings.weight",
            "roberta.embeddings.word_embeddings.weight",
            "distilbert.embeddings.word_embeddings.weight",
            "electra.embeddings.word_embeddings.weight",
            "backbone.embeddings.weight", // Mamba
            "backbone.embedding.weight",
            "rwkv.embeddings.weight",
            "shared.weight", // T5
            "tok_embeddings.weight", // Llama as Meta publishes it
            "embeddings"); // one step of a run

    /** Output heads, [vocabulary, width]. */
    static final List<String> HEAD = List.of(
            "lm_head.weight",
            "model.lm_head.weight",
            "language_model.lm_head.weight",
            "output.weight", // Llama as Meta publishes it
            "embed_out.weight", // Pythia
            "head.weight", // RWKV
            "cls.predictions.decoder.weight"); // BERT

    private EmbeddingNames() {}
}
