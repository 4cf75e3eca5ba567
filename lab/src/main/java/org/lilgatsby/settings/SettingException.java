package org.lilgatsby.settings;

import java.util.Locale;

/** A setting of a configuration that cannot be used. The message names the key, the value and what is allowed. */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the dotted key, such as {@code training.steps}; empty if the fault is in no one key
     * @param message one sentence without a full stop
     */
    public SettingException(String key, String message) {
        super(oneLine(message));
        this.key = key;
    }

    /** A value quoted in a message may hold anything; what would break the line or the terminal is escaped. */
    private static String oneLine(String message) {
        StringBuilder text = new StringBuilder(message.length());
        message.codePoints().forEach(c -> {
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(c) == Character.SURROGATE) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    /** The dotted key at fault; empty if the fault is in no one key. */
    public String key() {
        return key;
    }
}
