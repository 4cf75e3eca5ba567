package org.lilgatsby.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.checkpoint.ExportedTensor;
import org.lilgatsby.checkpoint.Gpt2Dimensions;
import org.lilgatsby.checkpoint.HuggingFaceExport;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.settings.SettingException;

/** Writes a trained model as a Hugging Face directory. */
public final class ModelExport {
    private static final double EPSILON = 1e-5;

    private ModelExport() {}

    /**
     * Whether Hugging Face's GPT-2 can hold the model: it knows layer norms only. Of a model without biases it holds
     * zeros in their place, which compute the same.
     */
    public static boolean possible(ModelConfig model) {
        return model.norm() == ModelConfig.Norm.LAYER_NORM;
    }

    /**
     * Writes the model to a new or empty directory, completely or not at all.
     *
     * @param parameters as stored, laid out by {@link Models#layout}
     * @param card the model card
     * @throws SettingException if the model is not {@link #possible}
     */
    public static void write(Path directory, ModelCard card, float[] parameters) throws IOException {
        ExperimentConfig config = card.config();
        ModelConfig model = config.model();
        if (!possible(model)) {
            throw new SettingException(
                    "model.norm",
                    "a model with %s cannot be exported, since Hugging Face's GPT-2 has layer norms"
                            .formatted(model.norm()));
        }
        Precision stored = config.precision().parameters();
        Gpt2Dimensions dimensions = new Gpt2Dimensions(
                model.vocabulary(),
                model.context(),
                model.width(),
                model.layers(),
                model.heads(),
                EPSILON,
                model.tied(),
                model.activation().toString(),
                model.ffn());
        DType dtype = stored == Precision.BF16 ? DType.BF16 : DType.F32;
        ParameterLayout layout = Models.layout(model);
        List<ExportedTensor> tensors = new ArrayList<>();
        dimensions.tensors().forEach((name, shape) -> {
            TensorSpec spec = TensorSpec.of(name, dtype, shape.dimensions());
            tensors.add(new ExportedTensor(
                    spec,
                    layout.find(name)
                            .<Supplier<ByteBuffer>>map(tensor -> () -> bytes(parameters, tensor, stored))
                            .orElse(() -> zeros(model, spec))));
        });
        HuggingFaceExport.write(directory, dimensions, tensors, card.text(), card.texts());
    }

    /** As {@link #write}, replacing what an earlier attempt of the same run left. */
    static void replace(Path directory, ModelCard card, float[] parameters) throws IOException {
        for (String name : HuggingFaceExport.files()) {
            Files.deleteIfExists(directory.resolve(name));
        }
        write(directory, card, parameters);
    }

    /** The place of a bias that the model does not have. */
    private static ByteBuffer zeros(ModelConfig model, TensorSpec spec) {
        if (model.biases() || !spec.name().endsWith(".bias")) {
            throw new IllegalStateException("the model has no " + spec.name());
        }
        return ByteBuffer.allocate((int) spec.bytes());
    }

    private static ByteBuffer bytes(float[] parameters, ParameterTensor tensor, Precision stored) {
        ByteBuffer bytes = ByteBuffer.allocate(tensor.size() * stored.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = tensor.at(); i < tensor.end(); i++) {
            if (stored == Precision.BF16) {
                bytes.putShort(Bf16.fromFloat(parameters[i]));
            } else {
                bytes.putFloat(parameters[i]);
            }
        }
        return bytes.flip();
    }
}
