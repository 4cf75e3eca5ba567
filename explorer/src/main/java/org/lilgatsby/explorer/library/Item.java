package org.lilgatsby.explorer.library;

import java.time.Instant;

/**
 * A run, a sweep or a checkpoint in the list. What is unknown is null.
 *
 * @param id what addresses call it
 * @param kind {@code run}, {@code sweep} or {@code checkpoint}
 * @param path as people know it
 * @param name of the configuration, or of the directory
 * @param title of the configuration
 * @param conclusion which experiment's verdict a run ends with
 * @param status {@code complete}, {@code under way}, {@code interrupted}, {@code failed} or {@code damaged}; of a sweep
 *     {@code failed} if a run of it did, {@code interrupted} if one is missing, and {@code no tables} before them
 * @param fault why it cannot be looked at, one sentence
 * @param recordedSteps updates before the last recorded state
 * @param plannedSteps updates requested
 * @param vocabulary number of tokens
 * @param dead tokens that do not occur in the corpus
 * @param width components of a row
 * @param layers blocks of the model
 * @param seed of the run
 * @param precision of the parameters
 * @param loss of the last completed step in nats
 * @param lossStep the step of that loss
 * @param distinctDead distinct rows among the dead tokens at the end
 * @param blackHoles black holes among them
 * @param modified when anything in it last changed
 * @param bytes of the recording or the weights
 * @param runs of a sweep
 */
public record Item(
        String id,
        String kind,
        String path,
        String name,
        String title,
        String conclusion,
        String status,
        String fault,
        Integer recordedSteps,
        Integer plannedSteps,
        Integer vocabulary,
        Integer dead,
        Integer width,
        Integer layers,
        Long seed,
        String precision,
        Double loss,
        Integer lossStep,
        Integer distinctDead,
        Integer blackHoles,
        Instant modified,
        Long bytes,
        Integer runs) {
    /** What is known of a place that cannot be read. */
    static Item damaged(Place place, String fault) {
        return new Item(
                place.id(),
                place.kind().toString(),
                place.shown(),
                place.path().getFileName().toString(),
                null,
                null,
                "damaged",
                fault,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
