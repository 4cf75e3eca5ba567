package org.lilgatsby.recording;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** What the figures of a row are computed from. */
public final class FigureRow {
    private final Extent extent;
    private final List<Slot> slots;
    private Row row;
    private int update;

    FigureRow(Extent extent, List<Slot> slots) {
        this.extent = extent;
        this.slots = slots;
    }

    void moveTo(Row next, int ofUpdate) {
        row = next;
        update = ofUpdate;
    }

    /** The sizes of the run, and its live and dead tokens. */
    public Extent extent() {
        return extent;
    }

    /** Number of updates before the state. */
    public int step() {
        return row.step();
    }

    /** The update that the row is of; 0 for the state before training. */
    public int update() {
        return update;
    }

    /** The bytes of an input, little-endian and row by row, valid until the figures are computed. */
    public MemorySegment bytes(FigureInput input) {
        for (int i = 0; i < slots.size(); i++) {
            if (!slots.get(i).isWritten() && slots.get(i).observable() == input.observable()) {
                return row.values(i).bytes();
            }
        }
        throw new IllegalArgumentException("no figure reads " + input);
    }
}
