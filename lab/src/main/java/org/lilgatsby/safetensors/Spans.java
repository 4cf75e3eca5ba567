package org.lilgatsby.safetensors;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.lilgatsby.files.Text;

/**
 * The rules for the places of tensors: whole spans, one directly after the other from the first byte of the data to the
 * last.
 */
final class Spans {
    private static final Comparator<Header.Entry> BY_PLACE =
            Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end);

    private Spans() {}

    /**
     * The entries in the order of their data, checked against the rules.
     *
     * @param dataBytes bytes of the file after the header
     */
    static List<Header.Entry> inOrder(Path file, List<Header.Entry> entries, long dataBytes)
            throws SafetensorsException {
        List<Header.Entry> ordered = entries.stream().sorted(BY_PLACE).toList();
        Header.Entry last = null;
        long covered = 0;
        for (Header.Entry entry : ordered) {
            requireOwnSpan(file, entry, dataBytes);
            if (entry.begin() < covered) {
                throw fault(
                        Fault.OVERLAP,
                        file,
                        entry,
                        "begins at %d, before tensor %s ends at %d"
                                .formatted(entry.begin(), Text.quote(last.spec().name()), covered));
            }
            if (entry.begin() > covered) {
                throw fault(
                        Fault.HOLE,
                        file,
                        entry,
                        "begins at %d, but the data before it ends at %d".formatted(entry.begin(), covered));
            }
            covered = entry.end();
            last = entry;
        }
        if (covered < dataBytes) {
            throw SafetensorsException.of(
                    Fault.TRAILING_BYTES,
                    file,
                    "the tensors end at byte %d of the data, but the file has %d".formatted(covered, dataBytes));
        }
        return ordered;
    }

    private static void requireOwnSpan(Path file, Header.Entry entry, long dataBytes) throws SafetensorsException {
        long span = entry.end() - entry.begin();
        if (span < 0) {
            throw fault(
                    Fault.REVERSED_OFFSETS,
                    file,
                    entry,
                    "begins at %d and ends before, at %d".formatted(entry.begin(), entry.end()));
        }
        TensorSpec spec = entry.spec();
        if (span != spec.bytes()) {
            throw fault(
                    Fault.SPAN_MISMATCH,
                    file,
                    entry,
                    "%s of shape %s takes %d bytes, but [%d, %d) holds %d"
                            .formatted(spec.dtype(), spec.shape(), spec.bytes(), entry.begin(), entry.end(), span));
        }
        if (entry.end() > dataBytes) {
            throw fault(
                    Fault.OUT_OF_FILE,
                    file,
                    entry,
                    "ends at byte %d of the data, but the file has only %d".formatted(entry.end(), dataBytes));
        }
    }

    private static SafetensorsException fault(Fault fault, Path file, Header.Entry entry, String problem) {
        return SafetensorsException.ofTensor(fault, file, entry.spec().name(), problem);
    }
}
