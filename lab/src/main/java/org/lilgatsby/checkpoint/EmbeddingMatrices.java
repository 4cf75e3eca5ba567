package org.lilgatsby.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lilgatsby.safetensors.TensorView;

/**
 * The matrices of a checkpoint whose rows are tokens, each [vocabulary, width].
 *
 * @param input the embeddings
 * @param head the output head, where the model has one of its own
 * @param tied whether the embeddings are the output head too: then there is no other
 */
public record EmbeddingMatrices(TensorView input, Optional<TensorView> head, boolean tied) {
    public EmbeddingMatrices {
        if (tied && head.isPresent()) {
            throw new IllegalArgumentException("tied embeddings have no head of their own");
        }
    }

    /** The embeddings, then the head if there is one. */
    public List<TensorView> all() {
        return Stream.concat(Stream.of(input), head.stream()).toList();
    }
}
