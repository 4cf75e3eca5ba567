package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;

/** Programs that answer as a Python with or without the libraries would, without any of them. */
public final class FakePython {
    /** What {@code notebook.py} says about its run. */
    static final Map<String, String> TIMES =
            Map.of("steps", "2", "processor_seconds", "8", "processor_seconds_of_second_half", "0.5");

    private FakePython() {}

    /** Has every library, and instead of training an experiment hands out W = 0 after 0 and 1 updates. */
    public static Path complete(Path folder, String experiment) throws IOException {
        Path result = compared(folder.resolve("prepared.safetensors"), TIMES, 128, 64);
        return program(folder, "3.11.7 2.13.0 5.18.0 1.15.0 0.8.0 2.4.6", """
                [ "$2" = %s ] && [ "$4" = 2 ] && [ -s "$3" ] && [ -s "$1" ] || exit 9
                [ "$OMP_NUM_THREADS" = 1 ] || exit 8
                mkdir "$5" && cp '%s' "$5/compared.safetensors"
                """.formatted(experiment, result));
    }

    /** @param versions of Python and the libraries; - for a missing one */
    public static Path program(Path folder, String versions, String training) throws IOException {
        Path program = Files.writeString(folder.resolve("python"), """
                #!/bin/sh
                if [ "$1" = -c ]; then
                    printf '%%s\\n' %s
                    exit
                fi
                %s""".formatted(versions, training));
        program.toFile().setExecutable(true);
        return program;
    }

    /** What {@code notebook.py} writes: W = 0 after 0 and 1 updates. */
    static Path compared(Path file, Map<String, String> metadata, int rows, int columns) throws IOException {
        ByteBuffer steps = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(1)
                .flip();
        ByteBuffer embeddings = ByteBuffer.allocate(2 * rows * columns * 2);
        SafetensorsLayout layout = SafetensorsLayout.of(
                List.of(
                        TensorSpec.of("steps", DType.I64, 2),
                        TensorSpec.of("embeddings", DType.BF16, 2, rows, columns)),
                metadata);
        SafetensorsWriter.writeWhole(file, layout, List.of(steps, embeddings));
        return file;
    }
}
