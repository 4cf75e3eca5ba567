package org.lilgatsby.safetensors;

import java.util.List;
import java.util.Map;

/**
 * What the header of a file says.
 *
 * @param entries one per tensor, in the order of the header
 * @param metadata in the order of the header
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
    /** Bytes of the field in front of the header that holds its length, an unsigned little-endian integer. */
    static final int LENGTH_BYTES = Long.BYTES;

    /** Most bytes of a header, a rule of the format. */
    static final int MAX_BYTES = 100_000_000;

    /**
     * A tensor and its place.
     *
     * @param begin its first byte, counted from the end of the header
     * @param end the byte after its last
     */
    record Entry(TensorSpec spec, long begin, long end) {}
}
