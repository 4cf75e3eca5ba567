package org.lilgatsby.recording;

import org.lilgatsby.settings.Catalog;

/** All observables, with constants for those that checks and analyses use. */
public final class Observables {
    /** Everything that can be recorded. */
    public static final Catalog<Observable> ALL = Catalog.of("observable", Observable.class);

    /** W after the update, [V, D]. */
    public static final Observable EMBEDDINGS = known("embeddings");

    /** The gradient of W before clipping, [V, D]. */
    public static final Observable GRADS = known("grads");

    /** Its part from the output head, where W is tied, [V, D]. */
    public static final Observable GRADS_HEAD = known("grads_head");

    /** Its part from the lookups, where W is tied, [V, D]. */
    public static final Observable GRADS_LOOKUP = known("grads_lookup");

    /** W after the update minus W before it, [V, D]. */
    public static final Observable DELTAS = known("deltas");

    /** AdamW's exp_avg of W, [V, D]. */
    public static final Observable MOMENTUM = known("momentum");

    /** AdamW's exp_avg_sq of W, [V, D]. */
    public static final Observable VARIANCE = known("variance");

    /** The logits of the first sequence at its last position, [V]. */
    public static final Observable LOGITS = known("logits");

    /** The loss of the step's batch, a number. */
    public static final Observable LOSSES = known("losses");

    /** The factor by which the update multiplied the gradient, a number. */
    public static final Observable CLIP_COEFFICIENTS = known("clip_coefficients");

    /** The mean over all positions of the output head's input, [D]. */
    public static final Observable MEAN_HIDDEN = known("mean_hidden");

    /** How many tokens the update left or moved in each regime; of all, live and dead tokens. */
    public static final Observable REGIMES = known("regimes");

    /** The last recorded update that moved each token, [V]. */
    public static final Observable LAST_MOTION = known("last_motion");

    /** The last recorded update that moved each token by each size, [V, 5]. */
    public static final Observable LAST_MOVES = known("last_moves");

    /** Mean and largest L2 norm of the update; of all, live and dead tokens. */
    public static final Observable SPEEDS = known("speeds");

    /** The centroids of all, live and dead tokens. */
    public static final Observable CENTROIDS = known("centroids");

    /** Root mean square, mean and largest distance from the centroid; of all, live and dead tokens. */
    public static final Observable RADII = known("radii");

    /** Smallest, mean and largest L2 norm of the rows; of all, live and dead tokens. */
    public static final Observable NORMS = known("norms");

    private Observables() {}

    private static Observable known(String name) {
        return ALL.get("", name);
    }
}
