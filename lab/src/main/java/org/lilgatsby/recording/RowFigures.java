package org.lilgatsby.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Computes the figures of rows on the thread that writes them, in the order of the rows. */
final class RowFigures {
    /** A figure, where its values are in a row, and those of the last row computed. */
    private record Computed(int slot, Figure figure, float[] values) {}

    private final RecordingConfig config;
    private final Extent extent;
    private final FigureRow row;
    private final List<Computed> figures = new ArrayList<>();
    private boolean started;

    RowFigures(RecordingConfig config, Extent extent) {
        this.config = config;
        this.extent = extent;
        this.row = new FigureRow(extent, Slot.of(config, extent));
        for (int i = 0; i < config.tensors().size(); i++) {
            if (config.tensors().get(i).observable() instanceof Figure figure) {
                figures.add(new Computed(
                        i, figure, new float[Math.toIntExact(extent.whole().values(figure))]));
            }
        }
    }

    /** Bytes of heap that they take. */
    static long bytes(RecordingConfig config, Extent extent) {
        long values = 0;
        long scratch = 0;
        for (RecordedTensor tensor : config.tensors()) {
            if (tensor.observable() instanceof Figure figure) {
                values += Float.BYTES * extent.whole().values(figure);
                scratch = Math.max(scratch, figure.heapBytes(extent));
            }
        }
        return values + scratch;
    }

    /**
     * Fills in the figures of rows that are about to be written.
     *
     * @param index of the first in the recording
     */
    void compute(int index, RowRing ring, int from, int count, RowSink sink) throws IOException {
        if (figures.isEmpty()) {
            return;
        }
        if (!started && index > 0) {
            resume(index, sink);
        }
        started = true;
        for (int i = 0; i < count; i++) {
            Row next = ring.row(from + i);
            int update = config.update(index + i);
            row.moveTo(next, update);
            for (Computed each : figures) {
                if (update > 0 || each.figure.kind() == Observable.Kind.STATE) {
                    each.figure.compute(row, each.values);
                }
                next.values(each.slot).set(each.values, 0);
            }
        }
    }

    /** Takes up the figures that continue where the row before left them. */
    private void resume(int index, RowSink sink) throws IOException {
        for (Computed each : figures) {
            if (each.figure.continues()) {
                float[] recorded = sink.read(each.slot, index - 1);
                int[] pieces = extent.pieces(each.figure);
                int at = 0;
                for (int i = 0; i < pieces.length; i += 2) {
                    System.arraycopy(recorded, at, each.values, pieces[i], pieces[i + 1]);
                    at += pieces[i + 1];
                }
            }
        }
    }
}
