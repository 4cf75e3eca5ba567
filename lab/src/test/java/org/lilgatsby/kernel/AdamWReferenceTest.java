package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** 24 steps of PyTorch's bf16 AdamW over 4,096 parameters, bit for bit. */
class AdamWReferenceTest {
    private static final int N = 4096;
    private static final int STEPS = 24;

    @ParameterizedTest
    @ValueSource(strings = {"fused", "per_op"})
    void everyStepOfTheReferenceBitForBit(String variant) throws IOException {
        ByteBuffer file;
        try (InputStream in = getClass().getResourceAsStream("/reference/adamw-bf16.safetensors")) {
            file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
        int header = (int) file.getLong(0);
        JsonNode tensors = JsonMapper.shared().readTree(new String(file.array(), 8, header, StandardCharsets.UTF_8));
        for (Kernels kernels : TestKernels.all()) {
            float[] p = read(file, header, tensors, "parameter_0", 0);
            float[] m = new float[N];
            float[] v = new float[N];
            AdamWStep step = new AdamWStep(true, true, true);
            for (int t = 1; t <= STEPS; t++) {
                float[] g = read(file, header, tensors, "gradients", t - 1);
                step.set(t, 1e-3 * (1 - (t - 1) / 24.0), 0.01, 0.9, 0.999, 1e-8, 1f);
                if (variant.equals("fused")) {
                    kernels.adamwFused(p, m, v, g, 0, N, step);
                } else {
                    kernels.adamwPerOp(p, m, v, g, 0, N, step);
                }
                String place = kernels.description() + " " + variant + " step " + t;
                compare(place + " exp_avg", read(file, header, tensors, variant + "/exp_avg", t - 1), m);
                compare(place + " exp_avg_sq", read(file, header, tensors, variant + "/exp_avg_sq", t - 1), v);
                compare(place + " parameter", read(file, header, tensors, variant + "/parameter", t - 1), p);
            }
        }
    }

    private static float[] read(ByteBuffer file, int header, JsonNode tensors, String name, int row) {
        int at = 8 + header + tensors.get(name).get("data_offsets").get(0).asInt() + row * N * 2;
        float[] values = new float[N];
        for (int i = 0; i < N; i++) {
            values[i] = Bf16.toFloat(file.getShort(at + 2 * i));
        }
        return values;
    }

    private static void compare(String what, float[] expected, float[] actual) {
        for (int i = 0; i < N; i++) {
            int index = i;
            assertEquals(
                    Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]),
                    () -> what + " differs first at " + index + ": " + expected[index] + " != " + actual[index]);
        }
    }
}
