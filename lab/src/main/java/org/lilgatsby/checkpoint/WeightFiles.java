package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;

/** The tensors of a model, in one file or in the shards of an index, under one set of names. */
final class WeightFiles implements AutoCloseable {
    private static final String SINGLE_FILE = "model.safetensors";

    private final List<SafetensorsFile> files = new ArrayList<>();
    private final Map<String, SafetensorsFile> fileOf = new HashMap<>(); // by tensor name

    private WeightFiles() {}

    /** Hands the files over to the new object. */
    @FunctionalInterface
    private interface Opening {
        void into(WeightFiles weights) throws IOException;
    }

    /** The tensors of one file. */
    static WeightFiles ofFile(Path file) throws IOException {
        return opened(weights -> weights.addAll(file));
    }

    /** The tensors of a model directory: those of {@code model.safetensors}, or else those that the index names. */
    static WeightFiles ofDirectory(Path directory, ModelFiles model) throws IOException {
        Optional<Path> single = model.find(SINGLE_FILE);
        if (single.isPresent()) {
            return ofFile(single.get());
        }
        Path index = model.find(ShardIndex.FILE_NAME)
                .orElseThrow(() -> new CheckpointException(
                        directory, "neither " + SINGLE_FILE + " nor " + ShardIndex.FILE_NAME + " is there"));
        ShardIndex shards = ShardIndex.read(index);
        return opened(weights -> weights.addShards(directory, model, shards));
    }

    private static WeightFiles opened(Opening opening) throws IOException {
        WeightFiles weights = new WeightFiles();
        try {
            opening.into(weights);
            return weights;
        } catch (SafetensorsException e) {
            weights.close();
            throw new CheckpointException(e);
        } catch (IOException | RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    private void addAll(Path path) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(path);
        files.add(file);
        file.tensors().forEach(spec -> fileOf.put(spec.name(), file));
    }

    private void addShards(Path directory, ModelFiles model, ShardIndex index) throws IOException {
        Map<String, SafetensorsFile> shards = new HashMap<>();
        for (Map.Entry<String, String> entry : index.shardOf().entrySet()) {
            String tensor = entry.getKey();
            String name = entry.getValue();
            if (!shards.containsKey(name)) {
                Path path = model.find(name)
                        .orElseThrow(() -> new CheckpointException(
                                directory,
                                ShardIndex.FILE_NAME + " names the file " + Text.quote(name)
                                        + ", which does not exist"));
                SafetensorsFile shard = SafetensorsFile.open(path);
                files.add(shard);
                shards.put(name, shard);
            }
            SafetensorsFile shard = shards.get(name);
            if (!shard.contains(tensor)) {
                throw new CheckpointException(
                        shard.path(),
                        ShardIndex.FILE_NAME + " says that tensor " + Text.quote(tensor)
                                + " is in this file, but it is not");
            }
            fileOf.put(tensor, shard);
        }
    }

    /** All tensors, file by file, in the order of their data. */
    List<TensorSpec> tensors() {
        return files.stream()
                .flatMap(file -> file.tensors().stream().filter(spec -> fileOf.get(spec.name()) == file))
                .toList();
    }

    /** The tensor of this name, if there is one. */
    Optional<TensorView> find(String name) throws IOException {
        SafetensorsFile file = fileOf.get(name);
        return file == null ? Optional.empty() : Optional.of(file.tensor(name));
    }

    /** Those of these names that a tensor has, in their order. */
    List<String> allOf(List<String> names) {
        return names.stream().filter(fileOf::containsKey).toList();
    }

    /** The first of these names that a tensor has. */
    Optional<String> firstOf(List<String> names) {
        return names.stream().filter(fileOf::containsKey).findFirst();
    }

    /** Unmaps all files. */
    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
