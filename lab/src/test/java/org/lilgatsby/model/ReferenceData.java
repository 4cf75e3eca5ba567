package org.lilgatsby.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PyTorch's float64 forward and backward of one batch of three sequences, read without our own reader. */
final class ReferenceData {
    static final ModelConfig MODEL = new ModelConfig(128, 64, 2, 2, 128, ModelConfig.Norm.LAYER_NORM, true);
    static final int SEQUENCES = 3;

    private final ByteBuffer file;
    private final int data;
    private final JsonNode header;

    ReferenceData() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/reference/gpt2-float64.safetensors")) {
            file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
        data = 8 + (int) file.getLong(0);
        header = JsonMapper.shared().readTree(new String(file.array(), 8, data - 8, StandardCharsets.UTF_8));
    }

    static JsonNode json(String name) throws IOException {
        try (InputStream in = ReferenceData.class.getResourceAsStream("/reference/" + name)) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        }
    }

    double[] values(String name) {
        JsonNode entry = header.get(name);
        int from = data + entry.get("data_offsets").get(0).asInt();
        int to = data + entry.get("data_offsets").get(1).asInt();
        boolean f64 = entry.get("dtype").asString().equals("F64");
        int bytes = f64 ? 8 : 4;
        double[] values = new double[(to - from) / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = f64 ? file.getDouble(from + 8 * i) : file.getFloat(from + 4 * i);
        }
        return values;
    }

    int[] integers(String name) {
        int from = data + header.get(name).get("data_offsets").get(0).asInt();
        int to = data + header.get(name).get("data_offsets").get(1).asInt();
        int[] values = new int[(to - from) / 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) file.getLong(from + 8 * i);
        }
        return values;
    }

    float[] parameters() {
        Gpt2Layout layout = new Gpt2Layout(MODEL);
        float[] parameters = new float[layout.length()];
        for (ParameterTensor tensor : layout.tensors()) {
            double[] values = values("parameters/" + tensor.name());
            for (int i = 0; i < values.length; i++) {
                parameters[tensor.at() + i] = (float) values[i];
            }
        }
        return parameters;
    }

    /** [3][T]: position t predicts label t+1, that is, byte t+2; the last position nothing. */
    int[] doubleShiftTargets() {
        int[] labels = integers("labels");
        int[] targets = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = i % 128 == 127 ? -1 : labels[i + 1];
        }
        return targets;
    }

    static double relativeRms(double[] expected, double[] actual) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            error += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            size += expected[i] * expected[i];
        }
        return Math.sqrt(error / size);
    }
}
