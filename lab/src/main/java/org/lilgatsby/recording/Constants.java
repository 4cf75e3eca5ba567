package org.lilgatsby.recording;

import org.lilgatsby.settings.Catalog;

/** All constants of recordings, with Java constants for those that the program itself uses. */
public final class Constants {
    /** Everything that a recording can hold once. */
    public static final Catalog<Constant> ALL = Catalog.of("constant", Constant.class);

    /** The step of each row: every recording holds it. */
    public static final Constant RECORDED_STEPS = ALL.get("", "recorded_steps");

    /** The tokens whose rows are recorded: every recording of chosen tokens holds them. */
    public static final Constant RECORDED_TOKENS = ALL.get("", "recorded_tokens");

    /** W before training. */
    public static final Constant INITIAL_EMBEDDINGS = ALL.get("", "initial_embeddings");

    private Constants() {}
}
