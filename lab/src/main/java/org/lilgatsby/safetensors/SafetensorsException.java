package org.lilgatsby.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.lilgatsby.files.Text;

/**
 * A safetensors file is invalid, or cannot be written. The message names the file, the tensor and the numbers. Failures
 * of the device itself stay plain {@link IOException}s.
 */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String tensor;

    private SafetensorsException(Fault fault, Path file, String tensor, String problem, Throwable cause) {
        super(
                Text.escape(file.toString()) + ": " + (tensor == null ? "" : "tensor " + Text.quote(tensor) + ": ")
                        + problem,
                cause);
        this.fault = fault;
        this.tensor = tensor;
    }

    static SafetensorsException of(Fault fault, Path file, String problem) {
        return new SafetensorsException(fault, file, null, problem, null);
    }

    static SafetensorsException of(Fault fault, Path file, String problem, Throwable cause) {
        return new SafetensorsException(fault, file, null, problem, cause);
    }

    static SafetensorsException ofTensor(Fault fault, Path file, String tensor, String problem) {
        return new SafetensorsException(fault, file, tensor, problem, null);
    }

    /** The kind of fault. */
    public Fault fault() {
        return fault;
    }

    /** The name of the tensor at fault, if the fault is one tensor's. */
    public Optional<String> tensor() {
        return Optional.ofNullable(tensor);
    }
}
