package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.Shape;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;

/**
 * A published model, mapped into memory: a single safetensors file, or a Hugging Face model directory with
 * {@code model.safetensors} or else {@code model.safetensors.index.json} and its shards, and with {@code config.json}
 * and {@code tokenizer.json} where present. Nothing in it is trusted: anything wrong in a file ends in a
 * {@link CheckpointException}, and no file outside the directory is read: shards are plain file names, and of symbolic
 * links only those to the directory's own files or, in the layout of the Hugging Face cache
 * ({@code snapshots/REVISION}), to {@code ../../blobs} are followed.
 */
public final class CheckpointDirectory implements AutoCloseable {
    private static final int LISTED_MATRICES = 8;

    private final Path path;
    private final WeightFiles weights;
    private final Optional<PublishedConfig> config;
    private final Optional<Vocabulary> vocabulary;

    private CheckpointDirectory(
            Path path, WeightFiles weights, Optional<PublishedConfig> config, Optional<Vocabulary> vocabulary) {
        this.path = path;
        this.weights = weights;
        this.config = config;
        this.vocabulary = vocabulary;
    }

    /**
     * Opens a file or a directory. Headers, configuration and tokenizer are read and checked, the tensors' bytes not.
     *
     * @throws CheckpointException if it is invalid
     * @throws NoSuchFileException if nothing has that name
     */
    public static CheckpointDirectory open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isDirectory(path)) {
            return new CheckpointDirectory(path, WeightFiles.ofFile(path), Optional.empty(), Optional.empty());
        }
        ModelFiles model = ModelFiles.of(path);
        Optional<Path> configFile = model.find(PublishedConfig.FILE_NAME);
        Optional<PublishedConfig> config =
                configFile.isPresent() ? Optional.of(PublishedConfig.read(configFile.get())) : Optional.empty();
        Optional<Path> tokenizerFile = model.find(Vocabulary.FILE_NAME);
        Optional<Vocabulary> vocabulary =
                tokenizerFile.isPresent() ? Optional.of(TokenizerParser.read(tokenizerFile.get())) : Optional.empty();
        return new CheckpointDirectory(path, WeightFiles.ofDirectory(path, model), config, vocabulary);
    }

    /** The path of the file or directory. */
    public Path path() {
        return path;
    }

    /** What {@code config.json} says, where there is one. */
    public Optional<PublishedConfig> config() {
        return config;
    }

    /** The tokens of {@code tokenizer.json}, where there is one. */
    public Optional<Vocabulary> vocabulary() {
        return vocabulary;
    }

    /** All tensors, file by file, in the order of their data. */
    public List<TensorSpec> tensors() {
        return weights.tensors();
    }

    /**
     * A matrix of floating-point numbers by its name, whatever the configuration says.
     *
     * @throws CheckpointException if there is none of that name, or it is of another type or rank
     */
    public TensorView matrix(String name) throws IOException {
        TensorView view = weights.find(name)
                .orElseThrow(() ->
                        new CheckpointException(path, "there is no tensor " + Text.quote(name) + "; " + matrices()));
        TensorSpec spec = view.spec();
        if (!isMatrix(spec)) {
            throw new CheckpointException(
                    path,
                    "tensor %s is %s of shape %s, not a matrix of F16, BF16, F32 or F64; %s"
                            .formatted(Text.quote(name), spec.dtype(), spec.shape(), matrices()));
        }
        return view;
    }

    /**
     * The embeddings and the output head, found by their usual names. A stored head counts if the configuration says
     * that the two are not tied, or if its bits are not those of the embeddings. Without such a head the model is tied,
     * unless the configuration denies it.
     *
     * @throws CheckpointException if no tensor has a usual name, several different ones have, or a shape contradicts
     *     the configuration
     */
    public EmbeddingMatrices embeddings() throws IOException {
        TensorView input = configured(inputName());
        boolean denied = !config.flatMap(PublishedConfig::tied).orElse(true);
        Optional<String> headName = weights.firstOf(EmbeddingNames.HEAD);
        if (headName.isPresent()) {
            TensorView head = configured(headName.get());
            if (denied || !sameBits(input, head)) {
                return new EmbeddingMatrices(input, Optional.of(head), false);
            }
        }
        return new EmbeddingMatrices(input, Optional.empty(), !denied);
    }

    /** The first usual name of embeddings; what else has such a name must be the same, or of a shape not configured. */
    private String inputName() throws IOException {
        List<String> names = weights.allOf(EmbeddingNames.INPUT);
        if (names.isEmpty()) {
            throw new CheckpointException(
                    path,
                    "no tensor has a usual name for an embedding matrix; choose one with --tensor: " + matrices());
        }
        List<String> configured = names.size() > 1
                ? names.stream().filter(this::hasConfiguredShape).toList()
                : names;
        if (configured.isEmpty()) {
            return names.getFirst();
        }
        for (String other : configured.subList(1, configured.size())) {
            if (!sameBits(matrix(configured.getFirst()), matrix(other))) {
                throw new CheckpointException(
                        path,
                        "%s and %s both have a usual name for an embedding matrix and differ; choose one with --tensor"
                                .formatted(Text.quote(configured.getFirst()), Text.quote(other)));
            }
        }
        return configured.getFirst();
    }

    private boolean hasConfiguredShape(String name) {
        TensorSpec spec = tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
        return isMatrix(spec)
                && config.stream()
                        .allMatch(known -> known.vocabulary()
                                                .orElse((int) spec.shape().dimension(0))
                                        == spec.shape().dimension(0)
                                && known.width().orElse((int) spec.shape().dimension(1))
                                        == spec.shape().dimension(1));
    }

    private static boolean sameBits(TensorView a, TensorView b) {
        return a.spec().dtype() == b.spec().dtype()
                && a.spec().shape().equals(b.spec().shape())
                && a.data().mismatch(b.data()) < 0;
    }

    private TensorView configured(String name) throws IOException {
        TensorView view = matrix(name);
        if (config.isPresent()) {
            Shape shape = view.spec().shape();
            requireConfigured(name, "rows", shape.dimension(0), config.get().vocabulary());
            requireConfigured(name, "columns", shape.dimension(1), config.get().width());
        }
        return view;
    }

    private void requireConfigured(String name, String what, long found, OptionalInt configured)
            throws CheckpointException {
        if (configured.isPresent() && configured.getAsInt() != found) {
            throw new CheckpointException(
                    path,
                    "tensor %s has %d %s, but %s says %d; name the tensor explicitly to read it all the same"
                            .formatted(
                                    Text.quote(name), found, what, PublishedConfig.FILE_NAME, configured.getAsInt()));
        }
    }

    private static boolean isMatrix(TensorSpec spec) {
        return spec.shape().rank() == 2
                && switch (spec.dtype()) {
                    case F16, BF16, F32, F64 -> true;
                    default -> false;
                };
    }

    private String matrices() {
        List<TensorSpec> matrices =
                tensors().stream().filter(CheckpointDirectory::isMatrix).toList();
        if (matrices.isEmpty()) {
            return "there is no such matrix";
        }
        String listed = matrices.stream()
                .limit(LISTED_MATRICES)
                .map(spec -> Text.quote(spec.name()) + " " + spec.shape())
                .collect(Collectors.joining(", "));
        int more = Math.max(0, matrices.size() - LISTED_MATRICES);
        return "there are " + listed + (more > 0 ? " and " + more + " more" : "");
    }

    /** Unmaps the files; views of them must not be used any more. */
    @Override
    public void close() {
        weights.close();
    }
}
