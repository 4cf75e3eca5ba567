package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.view.Block;

/** Several blocks in one answer: a page that follows a run asks once for each new state. */
final class Blocks {
    /** Answers with one block. */
    @FunctionalInterface
    interface One {
        Block of(String view) throws IOException;
    }

    /**
     * What the numbers are.
     *
     * @param blocks what those of each block are
     * @param bytes where each block ends, a multiple of 4
     */
    record Header(List<Object> blocks, List<Integer> bytes) {}

    private Blocks() {}

    /** The views that the query names, each once, in their order. */
    static Answer named(Query query, One one) throws IOException {
        List<Object> headers = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        List<ByteBuffer> numbers = new ArrayList<>();
        int end = 0;
        for (String view : query.list("views").stream().distinct().toList()) {
            Block block = one.of(view);
            end = Math.addExact(end, Math.ceilDiv(block.numbers().remaining(), Integer.BYTES) * Integer.BYTES);
            headers.add(block.header());
            numbers.add(block.numbers());
            ends.add(end);
        }
        ByteBuffer all = ByteBuffer.allocate(end);
        for (int i = 0; i < numbers.size(); i++) {
            all.put(numbers.get(i)).position(ends.get(i));
        }
        return new Answer.Binary(new Header(headers, ends), all.flip());
    }
}
