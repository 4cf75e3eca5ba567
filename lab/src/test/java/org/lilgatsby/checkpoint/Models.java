package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;

/** Small safetensors files for tests. */
final class Models {
    private Models() {}

    /** A tensor whose bytes are all {@code fill}. */
    record Filled(TensorSpec spec, int fill) {}

    static Filled bf16(String name, int fill, long... shape) {
        return new Filled(TensorSpec.of(name, DType.BF16, shape), fill);
    }

    static Path write(Path file, Filled... tensors) throws IOException {
        SafetensorsLayout layout =
                SafetensorsLayout.of(Stream.of(tensors).map(Filled::spec).toList(), Map.of("format", "pt"));
        SafetensorsWriter.writeWhole(file, layout, i -> {
            byte[] bytes = new byte[(int) tensors[i].spec().bytes()];
            Arrays.fill(bytes, (byte) tensors[i].fill());
            return ByteBuffer.wrap(bytes);
        });
        return file;
    }
}
