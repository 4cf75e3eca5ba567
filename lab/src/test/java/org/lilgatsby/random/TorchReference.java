package org.lilgatsby.random;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PyTorch drew for one seed (resource {@code reference/torch-random.json}). */
final class TorchReference {
    private final long seed;
    private final JsonNode entries;

    private TorchReference(long seed, JsonNode entries) {
        this.seed = seed;
        this.entries = entries;
    }

    static TorchReference forSeed(long seed) {
        try (InputStream json = TorchReference.class.getResourceAsStream("/reference/torch-random.json")) {
            return new TorchReference(
                    seed, JsonMapper.shared().readTree(json).get("seeds").get(Long.toString(seed)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A generator at the beginning of the seed's stream. */
    TorchGenerator generator() {
        return new TorchGenerator(seed);
    }

    float[] floats(String name) {
        JsonNode values = entries.get(name);
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] =
                    Float.intBitsToFloat(Integer.parseUnsignedInt(values.get(i).asString(), 16));
        }
        return floats;
    }

    int[] integers(String name) {
        JsonNode values = entries.get(name);
        return IntStream.range(0, values.size()).map(i -> values.get(i).asInt()).toArray();
    }
}
