package org.lilgatsby.explorer.library;

import java.io.IOException;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.census.CheckpointCensus;
import org.lilgatsby.checkpoint.CheckpointDirectory;
import org.lilgatsby.checkpoint.EmbeddingMatrices;

/**
 * A published checkpoint that is mapped.
 *
 * @param matrices its embeddings, and its output head where it has one of its own
 * @param embeddings the former, as a history of one state
 */
public record OpenCheckpoint(CheckpointDirectory directory, EmbeddingMatrices matrices, History embeddings) {
    static OpenCheckpoint of(Place place) throws IOException {
        CheckpointDirectory directory = CheckpointDirectory.open(place.path());
        try {
            EmbeddingMatrices matrices = directory.embeddings();
            return new OpenCheckpoint(directory, matrices, History.of(CheckpointCensus.matrix(matrices.input())));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** All tokens. */
    public Tokens tokens() {
        return Tokens.all(embeddings.rows());
    }

    void close() {
        directory.close();
    }
}
