package org.lilgatsby.settings;

import java.util.Locale;

/** An invalid setting of a configuration. The message names the key, the value and what is allowed. */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the dotted key, such as {@code training.steps}; empty if no single key is at fault
     * @param message one sentence without a full stop
     */
    public SettingException(String key, String message) {
        super(oneLine(message));
        this.key = key;
    }

    /** Escapes whatever would break the line or the terminal: a value quoted in a message may hold anything. */
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

    /** The dotted key at fault; empty if no single key is. */
    public String key() {
        return key;
    }
}
