package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.lilgatsby.safetensors.Fault;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;

/**
 * One file, laid out in full at the start; row r of every tensor is filled when it arrives. Writes of many rows bypass
 * the page cache, which costs three to ten times as much processor time per byte.
 */
final class StreamSink implements RowSink {
    /** Above this size a write costs no less per byte; with 16 KiB it takes two to four times as long. */
    private static final long BYTES_OF_A_WRITE = 256 * 1024;

    /** The same for a write that bypasses the page cache; each such write waits for the disk. */
    private static final long BYTES_OF_A_DIRECT_WRITE = 2 * 1024 * 1024;

    private final Path file;
    private final SafetensorsWriter writer;
    private final RecordingConfig config;
    private final int stepsTensor;
    private final int block;
    private final int most;
    private final int mostDirect;
    private final ByteBuffer steps;

    private StreamSink(Path file, RecordingPlan plan, SafetensorsWriter writer, int mostRows) {
        this.file = file;
        this.writer = writer;
        this.config = plan.source().recording();
        this.most = rowsOfAWrite(plan.source(), plan.extent(), BYTES_OF_A_WRITE, mostRows);
        this.mostDirect = rowsOfAWrite(plan.source(), plan.extent(), BYTES_OF_A_DIRECT_WRITE, mostRows);
        int room = writer.isDirect() ? mostDirect : most;
        this.block = writer.block();
        this.steps = RecordingPlan.little(room * Long.BYTES);
        this.stepsTensor = plan.layout().indexOf(Constants.RECORDED_STEPS.name());
    }

    private static int rowsOfAWrite(RecordingSource source, Extent extent, long bytes, int mostRows) {
        long largest = source.recording().tensors().stream()
                .mapToLong(tensor -> tensor.bytesPerRow(extent))
                .max()
                .orElseThrow();
        return Math.clamp(bytes / largest, 1, mostRows);
    }

    /**
     * Opens or creates the file. From the instant it appears it holds the constants, and recorded_steps says that no
     * row is written yet.
     *
     * @param mostRows maximum number of rows per write
     */
    static StreamSink open(Path file, RecordingPlan plan, int mostRows) throws IOException {
        SafetensorsWriter writer = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? resume(file, plan.layout())
                : SafetensorsWriter.create(file, plan.layout(), made -> writeConstants(made, plan));
        try {
            writer.openDirect();
            return new StreamSink(file, plan, writer, mostRows);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static void writeConstants(SafetensorsWriter writer, RecordingPlan plan) throws IOException {
        for (Constant constant : plan.source().recording().constants()) {
            constant.values(plan.source()).write(writer, plan.layout().indexOf(constant.name()));
        }
    }

    /**
     * Opens the file of a recording to continue writing.
     *
     * @throws IOException saying what to do, if another version laid it out
     */
    static SafetensorsWriter resume(Path file, SafetensorsLayout layout) throws IOException {
        try {
            return SafetensorsWriter.resume(file, layout);
        } catch (SafetensorsException e) {
            if (e.fault() != Fault.LAYOUT_DIFFERS) {
                throw e;
            }
            throw new IOException(
                    e.getMessage()
                            + "; it is damaged, or another version started it: resume it with that version, or "
                            + "start the run again in"
                            + " another directory",
                    e);
        }
    }

    @Override
    public int most() {
        return writer.isDirect() ? mostDirect : most;
    }

    @Override
    public int block() {
        return block;
    }

    @Override
    public int phase(int i, int index) {
        return (int) (writer.layout().offset(i)
                        + index * writer.layout().tensors().get(i).rowBytes()
                & block - 1);
    }

    @Override
    public void hurry() {
        writer.closeDirect();
    }

    @Override
    public void write(int index, RowRing rows, int from, int count) throws IOException {
        for (int i = 0; i < config.tensors().size(); i++) {
            writer.writeRows(i, index, rows.bytes(i, from, count));
        }
        steps.clear();
        for (int r = from; r < from + count; r++) {
            steps.putLong(rows.row(r).step());
        }
        writer.writeRows(stepsTensor, index, steps.flip()); // last: the rows it names are written
    }

    @Override
    public float[] read(int i, int index) throws IOException {
        try (SafetensorsFile recording = SafetensorsFile.open(file)) {
            return recording.tensor(config.tensors().get(i).name()).row(index).toFloats();
        }
    }

    @Override
    public void force() throws IOException {
        writer.force();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
