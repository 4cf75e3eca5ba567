package org.lilgatsby.checkpoint;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.lilgatsby.safetensors.TensorSpec;

/**
 * A tensor to be exported.
 *
 * @param spec its Hugging Face name, element type and shape
 * @param bytes gives its elements, row-major and little-endian, from position to limit, when its turn comes
 */
public record ExportedTensor(TensorSpec spec, Supplier<ByteBuffer> bytes) {}
