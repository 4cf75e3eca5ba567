package org.lilgatsby.explorer.view;

import java.util.Optional;

/** How tokens are drawn that are bytes: by their ASCII characters, where those can be seen. */
final class Glyphs {
    private static final String[] CONTROLS = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
    };

    private Glyphs() {}

    /** The character, if it can be seen. */
    static Optional<String> of(int id) {
        return id > ' ' && id < 127 ? Optional.of(Character.toString(id)) : Optional.empty();
    }

    /** A name for every id. */
    static String name(int id) {
        if (id < CONTROLS.length) {
            return CONTROLS[id];
        }
        return switch (id) {
            case ' ' -> "space";
            case 127 -> "DEL";
            default -> of(id).orElse("token " + id);
        };
    }
}
