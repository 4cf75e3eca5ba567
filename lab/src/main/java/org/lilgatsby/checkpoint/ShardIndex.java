package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.lilgatsby.files.JsonFile;

/**
 * {@code model.safetensors.index.json}: which file holds which tensor.
 *
 * @param shardOf file name by tensor name, in the order of the index
 */
record ShardIndex(Map<String, String> shardOf) {
    static final String FILE_NAME = "model.safetensors.index.json";
    static final int MAX_TENSORS = 1 << 20;
    static final int MAX_SHARDS = 1 << 12;
    private static final long MAX_BYTES = 1 << 28;

    /** @throws CheckpointException if the file is not such an index, or names more tensors or files than the limits */
    static ShardIndex read(Path file) throws IOException {
        return JsonFile.read(file, MAX_BYTES, CheckpointException::new, json -> {
            Map<String, String> shardOf = new LinkedHashMap<>();
            Set<String> shards = new LinkedHashSet<>();
            json.object("the index", key -> {
                if (!key.equals("weight_map")) {
                    json.skip();
                    return;
                }
                json.object(key, tensor -> {
                    String shard = json.text("the file of a tensor");
                    shardOf.put(tensor, shard);
                    shards.add(shard);
                    if (shardOf.size() > MAX_TENSORS || shards.size() > MAX_SHARDS) {
                        throw json.fault("more than %d tensors or %d files".formatted(MAX_TENSORS, MAX_SHARDS));
                    }
                });
            });
            if (shardOf.isEmpty()) {
                throw json.fault("weight_map is missing or empty");
            }
            return new ShardIndex(shardOf);
        });
    }
}
