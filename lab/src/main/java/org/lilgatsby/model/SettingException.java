package org.lilgatsby.model;

/** A setting of a configuration that cannot be used. The message names the key, the value and what is allowed. */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the dotted key, such as {@code training.steps}; empty if the fault is in no one key
     * @param message one sentence without a full stop
     */
    public SettingException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The dotted key at fault; empty if the fault is in no one key. */
    public String key() {
        return key;
    }
}
