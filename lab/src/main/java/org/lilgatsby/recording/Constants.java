package org.lilgatsby.recording;

import org.lilgatsby.settings.Catalog;

/** All constants of recordings, with Java constants for those that the program itself uses. */
public final class Constants {
    /** Everything that a recording can hold once. */
    public static final Catalog<Constant> ALL = Catalog.of("constant", Constant.class);

    /** The step of each row: every recording holds it. */
    public static final Constant RECORDED_STEPS = ALL.get("", "recorded_steps");

    /** W before training. */
    public static final Constant INITIAL_EMBEDDINGS = ALL.get("", "initial_embeddings");

    private Constants() {}
}
