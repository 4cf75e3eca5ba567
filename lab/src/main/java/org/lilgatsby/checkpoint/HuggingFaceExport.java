package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.Shape;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.tokenizer.Renumbering;
import org.lilgatsby.tokenizer.TokenTexts;
import org.lilgatsby.tokenizer.Tokenizer;

/** Writes a GPT-2 as a directory that Hugging Face's {@code AutoModelForCausalLM} and {@code AutoTokenizer} load. */
public final class HuggingFaceExport {
    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    private static final String ORIGINAL_TOKENIZER = "original-tokenizer.json";
    private static final String RENUMBERING = "renumbering.json";
    private static final String GENERATION_CONFIG = "generation_config.json";
    private static final String CARD = "README.md";
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private HuggingFaceExport() {}

    /** Names of all files that a directory can have. */
    public static List<String> files() {
        return List.of(
                PublishedConfig.FILE_NAME,
                WEIGHTS,
                TOKENIZER,
                TOKENIZER_CONFIG,
                ORIGINAL_TOKENIZER,
                RENUMBERING,
                GENERATION_CONFIG,
                CARD);
    }

    /**
     * Writes the directory: it appears under its name when it is complete, prepared as {@code NAME.partial} beside it.
     *
     * @param directory new, or an empty directory
     * @param tensors all tensors of the model and no others, all F32 or all BF16
     * @param card what people should know of the model, Markdown
     * @param texts what token ids stand for: a tokenizer is written if there is one, beside its table as
     *     {@code original-tokenizer.json} if its ids have new numbers
     * @throws IllegalArgumentException if the tensors are not those of a GPT-2 of these dimensions
     * @throws FileAlreadyExistsException if there is something in the directory, or it is a file
     * @throws SafetensorsException if the disk has no room or may not be written
     */
    public static void write(
            Path directory, Gpt2Dimensions dimensions, List<ExportedTensor> tensors, String card, TokenTexts texts)
            throws IOException {
        List<TensorSpec> specs = tensors.stream().map(ExportedTensor::spec).toList();
        SafetensorsLayout layout = SafetensorsLayout.of(specs, METADATA);
        requireModel(dimensions, specs);
        DType dtype = commonType(specs);
        Path target = directory.toAbsolutePath().normalize();
        requireEmpty(target);
        Path partial = target.resolveSibling(target.getFileName() + DurableFiles.UNFINISHED_SUFFIX);
        if (!Files.isDirectory(partial, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(target.getParent());
            Files.createDirectory(partial);
        }
        DiskSpace.require(partial, layout.fileBytes());
        SafetensorsWriter.writeWhole(
                partial.resolve(WEIGHTS), layout, i -> tensors.get(i).bytes().get());
        writeText(partial.resolve(PublishedConfig.FILE_NAME), config(dimensions, dtype));
        for (Map.Entry<String, String> file : tokenizer(dimensions, texts).entrySet()) {
            writeText(partial.resolve(file.getKey()), file.getValue());
        }
        writeText(partial.resolve(GENERATION_CONFIG), generation(dimensions));
        writeText(partial.resolve(CARD), card);
        Files.deleteIfExists(target);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Names and contents of the files of a tokenizer. */
    private static Map<String, String> tokenizer(Gpt2Dimensions dimensions, TokenTexts texts) {
        String configuration = ByteTokenizer.configuration(dimensions.context());
        return switch (texts) {
            case TokenTexts.Bytes _ ->
                Map.of(TOKENIZER, ByteTokenizer.tokenizer(dimensions.vocabulary()), TOKENIZER_CONFIG, configuration);
            case TokenTexts.Named(Tokenizer tokenizer, Optional<Renumbering> table)
            when table.isPresent() ->
                Map.of(
                        ORIGINAL_TOKENIZER,
                        tokenizer.json(),
                        RENUMBERING,
                        table.get().json());
            case TokenTexts.Named named -> Map.of(TOKENIZER, named.tokenizer().json(), TOKENIZER_CONFIG, configuration);
            case TokenTexts.Unnamed _ -> Map.of();
        };
    }

    private static void writeText(Path file, String text) throws IOException {
        DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> content = Files.list(directory)) {
                if (content.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw new FileAlreadyExistsException(directory.toString(), null, "already exists and is not overwritten");
    }

    private static void requireModel(Gpt2Dimensions dimensions, List<TensorSpec> specs) {
        Map<String, Shape> expected = dimensions.tensors();
        Map<String, Shape> given = specs.stream().collect(Collectors.toMap(TensorSpec::name, TensorSpec::shape));
        Set<String> missing = new LinkedHashSet<>(expected.keySet());
        missing.removeAll(given.keySet());
        Set<String> foreign = new TreeSet<>(given.keySet());
        foreign.removeAll(expected.keySet());
        if (!missing.isEmpty() || !foreign.isEmpty()) {
            throw new IllegalArgumentException("not the tensors of a GPT-2 with " + dimensions + ": missing " + missing
                    + ", unexpected " + foreign);
        }
        expected.forEach((name, shape) -> {
            if (!shape.equals(given.get(name))) {
                throw new IllegalArgumentException(
                        "tensor %s has shape %s, but %s is expected".formatted(name, given.get(name), shape));
            }
        });
    }

    private static DType commonType(List<TensorSpec> specs) {
        Set<DType> types = specs.stream().map(TensorSpec::dtype).collect(Collectors.toCollection(TreeSet::new));
        if (!types.equals(Set.of(DType.F32)) && !types.equals(Set.of(DType.BF16))) {
            throw new IllegalArgumentException("tensors must be all F32 or all BF16, but there are " + types);
        }
        return types.iterator().next();
    }

    /** No token begins or ends a text; a text is at most as long as the positions that the model has learned. */
    private static String generation(Gpt2Dimensions dimensions) {
        return String.format(Locale.ROOT, """
                {
                  "bos_token_id": null,
                  "do_sample": true,
                  "eos_token_id": null,
                  "max_length": %d,
                  "pad_token_id": null
                }
                """, dimensions.context());
    }

    private static String config(Gpt2Dimensions dimensions, DType dtype) {
        return String.format(
                Locale.ROOT,
                """
                {
                  "activation_function": "%s",
                  "architectures": ["GPT2LMHeadModel"],
                  "attn_pdrop": 0.0,
                  "bos_token_id": null,
                  "embd_pdrop": 0.0,
                  "eos_token_id": null,
                  "layer_norm_epsilon": %s,
                  "model_type": "gpt2",
                  "n_embd": %d,
                  "n_head": %d,
                  "n_inner": %s,
                  "n_layer": %d,
                  "n_positions": %d,
                  "resid_pdrop": 0.0,
                  "tie_word_embeddings": %b,
                  "torch_dtype": "%s",
                  "vocab_size": %d
                }
                """,
                dimensions.activation(),
                dimensions.layerNormEpsilon(),
                dimensions.width(),
                dimensions.heads(),
                dimensions.inner() == 4 * dimensions.width() ? null : dimensions.inner(),
                dimensions.layers(),
                dimensions.context(),
                dimensions.tied(),
                dtype == DType.BF16 ? "bfloat16" : "float32",
                dimensions.vocabulary());
    }
}
