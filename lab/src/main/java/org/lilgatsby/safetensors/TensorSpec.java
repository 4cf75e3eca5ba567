package org.lilgatsby.safetensors;

import java.util.Objects;
import org.lilgatsby.files.Text;

/**
 * What a file says about a tensor, apart from its place.
 *
 * @param name any text but {@code __metadata__}, with no unpaired surrogate
 * @param dtype element type
 * @param shape dimensions, slowest first; elements times bits is a whole number of bytes and fits in a long
 */
public record TensorSpec(String name, DType dtype, Shape shape) {
    static final String METADATA_KEY = "__metadata__";

    /**
     * @throws IllegalArgumentException if the name is not allowed, or the elements do not fill whole bytes
     * @throws ArithmeticException if the tensor has more than 2^63-1 bits
     */
    public TensorSpec {
        Objects.requireNonNull(dtype, "dtype");
        if (name.equals(METADATA_KEY)) {
            throw new IllegalArgumentException(
                    METADATA_KEY + " is the place of the file's metadata, not a tensor's name");
        }
        if (!Text.isEncodable(name)) {
            throw new IllegalArgumentException("tensor name " + Text.quote(name) + " holds an unpaired surrogate");
        }
        if (bits(dtype, shape) % Byte.SIZE != 0) {
            throw new IllegalArgumentException(
                    "tensor %s: %s elements of %s do not fill whole bytes".formatted(Text.quote(name), shape, dtype));
        }
    }

    /** A tensor of the given dimensions, slowest first; none makes a scalar. */
    public static TensorSpec of(String name, DType dtype, long... dimensions) {
        return new TensorSpec(name, dtype, Shape.of(dimensions));
    }

    static long bits(DType dtype, Shape shape) {
        long elements = shape.elements();
        if (elements > Long.MAX_VALUE / dtype.bits()) {
            throw new ArithmeticException("shape " + shape + " of " + dtype + " has more than 2^63-1 bits");
        }
        return elements * dtype.bits();
    }

    /** Bytes of all elements. */
    public long bytes() {
        return bits(dtype, shape) / Byte.SIZE;
    }

    /**
     * Bytes of one slice along the first axis.
     *
     * @throws IllegalArgumentException where there is no slice, or a slice is not a whole number of bytes
     */
    public long rowBytes() {
        long rows = shape.rank() == 0 ? 0 : shape.dimension(0);
        if (rows == 0 || bytes() % rows != 0) {
            throw new IllegalArgumentException(
                    "tensor %s: %s of shape %s has no rows of whole bytes".formatted(Text.quote(name), dtype, shape));
        }
        return bytes() / rows;
    }
}
