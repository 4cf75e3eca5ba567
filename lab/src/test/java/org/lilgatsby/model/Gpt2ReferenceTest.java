package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.kernel.Worker;
import tools.jackson.databind.JsonNode;

/** Forward and backward compared with PyTorch in float64, both in float32 and under the bf16 contract. */
class Gpt2ReferenceTest {
    private static final double FLOAT32_BOUND = 2e-5;
    private static final double CONTRACT_BAND = 0.15;

    private final ReferenceData reference = new ReferenceData();

    Gpt2ReferenceTest() throws IOException {}

    private Gpt2 model(Precision format) {
        PrecisionConfig precision = new PrecisionConfig(format, format, format, format, PrecisionConfig.Update.FUSED);
        Gpt2 model = new Gpt2(
                ReferenceData.MODEL,
                precision,
                new ScalarKernels(),
                reference.parameters(),
                ReferenceData.SEQUENCES,
                1);
        float scale = (float) (1.0 / (3 * 127));
        model.lossAndGradient(
                Worker.alone(), reference.integers("input_ids"), reference.doubleShiftTargets(), 3, scale, false);
        return model;
    }

    private double[] logits(Gpt2 model) {
        int[] ids = reference.integers("input_ids");
        double[] all = new double[3 * 128 * 128];
        float[] one = new float[128 * 128];
        for (int i = 0; i < 3; i++) {
            model.logits(Arrays.copyOfRange(ids, i * 128, (i + 1) * 128), one);
            for (int j = 0; j < one.length; j++) {
                all[i * one.length + j] = one[j];
            }
        }
        return all;
    }

    private static double[] gradient(Gpt2 model, ParameterTensor tensor) {
        float[] values = model.gradients();
        return IntStream.range(tensor.at(), tensor.end())
                .mapToDouble(i -> values[i])
                .toArray();
    }

    @Test
    void float32AgreesWithFloat64InLogitsLossAndEveryGradient() {
        Gpt2 model = model(Precision.F32);
        double loss = reference.values("loss")[0];
        List<Executable> checks = new ArrayList<>();
        checks.add(() -> assertEquals(loss, model.lossSum(3) / (3 * 127), FLOAT32_BOUND * loss, "loss"));
        checks.add(() -> within("logits", reference.values("logits"), logits(model)));
        for (ParameterTensor tensor : model.layout().tensors()) {
            checks.add(() ->
                    within(tensor.name(), reference.values("gradients/" + tensor.name()), gradient(model, tensor)));
        }
        assertAll(checks);
    }

    private static void within(String name, double[] expected, double[] actual) {
        double error = ReferenceData.relativeRms(expected, actual);
        assertTrue(
                error < FLOAT32_BOUND, () -> name + ": relative RMS error " + error + " is not below " + FLOAT32_BOUND);
    }

    @Test
    void bf16RoundsExactlyWhereTheContractSays() throws IOException {
        Gpt2 model = model(Precision.BF16);
        JsonNode levels = ReferenceData.json("bf16-error-levels.json");
        List<Executable> checks = new ArrayList<>();
        checks.add(() -> atLevel(
                "logits",
                levels.get("contract_logits_relative_rms_error").asDouble(),
                reference.values("logits"),
                logits(model)));
        for (ParameterTensor tensor : model.layout().tensors()) {
            double level = levels.get("gradients")
                    .get(tensor.name())
                    .get("contract_relative_rms_error")
                    .asDouble();
            checks.add(() -> atLevel(
                    tensor.name(), level, reference.values("gradients/" + tensor.name()), gradient(model, tensor)));
        }
        checks.add(
                () -> assertEquals(levels.get("contract_loss").asDouble(), model.lossSum(3) / (3 * 127), 2e-4, "loss"));
        assertAll(checks);
    }

    private static void atLevel(String name, double level, double[] expected, double[] actual) {
        double error = ReferenceData.relativeRms(expected, actual);
        assertEquals(
                1,
                error / level,
                CONTRACT_BAND,
                () -> name + ": relative RMS error " + error + ", the contract's is " + level);
    }

    @Test
    void nextTargetsGiveTheOrdinaryLoss() {
        PrecisionConfig f32 = new PrecisionConfig(
                Precision.F32, Precision.F32, Precision.F32, Precision.F32, PrecisionConfig.Update.FUSED);
        Gpt2 model = new Gpt2(ReferenceData.MODEL, f32, new ScalarKernels(), reference.parameters(), 3, 1);
        model.lossAndGradient(
                Worker.alone(), reference.integers("input_ids"), reference.integers("labels"), 3, 1f / 384, false);
        assertEquals(reference.values("loss_single_shift")[0], model.lossSum(3) / 384, 1e-4);
    }
}
