package org.lilgatsby.tokenfile;

import java.io.IOException;
import java.nio.file.Path;
import org.lilgatsby.files.Text;

/**
 * A file of token ids is invalid. The message names the file, the place in it and what is wrong. Failures of the device
 * itself stay plain {@link IOException}s.
 */
public final class TokenFileException extends IOException {
    private static final long serialVersionUID = 1L;

    TokenFileException(Path file, String problem) {
        this(file, problem, null);
    }

    /** @param place begins with the file, fit for a message */
    TokenFileException(String place, String problem) {
        super(place + ": " + problem);
    }

    TokenFileException(Path file, String problem, Throwable cause) {
        super(Text.escape(file.toString()) + ": " + problem, cause);
    }
}
