package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.SafetensorsException;

/**
 * A model directory, or a file in one, is invalid. The message names the file and what is wrong in it. Failures of the
 * device itself stay plain {@link IOException}s.
 */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    CheckpointException(Path file, String problem) {
        this(file, problem, null);
    }

    CheckpointException(Path file, String problem, Throwable cause) {
        super(Text.escape(file.toString()) + ": " + problem, cause);
    }

    CheckpointException(SafetensorsException cause) {
        super(cause.getMessage(), cause);
    }
}
