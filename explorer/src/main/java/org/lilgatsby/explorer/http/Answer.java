package org.lilgatsby.explorer.http;

import java.nio.ByteBuffer;

/** What a request is answered with. */
public sealed interface Answer {
    /**
     * A document.
     *
     * @param document records, maps, lists; written as JSON, numbers that are not finite as null
     */
    record Json(Object document) implements Answer {}

    /**
     * Numbers: uint32 length of a header, the header as JSON padded with spaces to a multiple of 4, and the numbers,
     * all little-endian.
     *
     * @param header says what the numbers are
     * @param numbers ready to be read
     */
    record Binary(Object header, ByteBuffer numbers) implements Answer {}
}
