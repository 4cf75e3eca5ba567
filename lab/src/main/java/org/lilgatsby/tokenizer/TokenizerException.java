package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import org.lilgatsby.files.Text;

/**
 * A tokenizer's file, or a text that it was to read, is invalid. The message names the file, the place in it and what
 * is wrong. Failures of the device itself stay plain {@link IOException}s.
 */
public final class TokenizerException extends IOException {
    private static final long serialVersionUID = 1L;

    TokenizerException(Path file, String problem, Throwable cause) {
        super(Text.escape(file.toString()) + ": " + problem, cause);
    }

    TokenizerException(Path file, String problem) {
        this(file, problem, null);
    }
}
