package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.lilgatsby.safetensors.Fault;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;

/**
 * One file, laid out in full at the start, row r of every tensor filled when row r comes; many rows at once go around
 * the page cache, where a byte costs a processor three to ten times as much.
 */
final class StreamSink implements RowSink {
    /** From here on a write of more bytes is no cheaper by the byte; with 16 KiB it takes two to four times as long. */
    private static final long BYTES_OF_A_WRITE = 256 * 1024;

    /** The same for a write around the page cache, each of which waits for the disk. */
    private static final long BYTES_OF_A_DIRECT_WRITE = 2 * 1024 * 1024;

    private final SafetensorsWriter writer;
    private final RecordingConfig config;
    private final int stepsTensor;
    private final int block;
    private final int most;
    private final int mostDirect;
    private final ByteBuffer steps;

    private StreamSink(RecordingPlan plan, SafetensorsWriter writer, int mostRows) {
        this.writer = writer;
        this.config = plan.source().recording();
        this.most = rowsOfAWrite(plan.source(), BYTES_OF_A_WRITE, mostRows);
        this.mostDirect = rowsOfAWrite(plan.source(), BYTES_OF_A_DIRECT_WRITE, mostRows);
        int room = writer.isDirect() ? mostDirect : most;
        this.block = writer.block();
        this.steps = RecordingPlan.little(room * Long.BYTES);
        this.stepsTensor = plan.layout().indexOf(Constants.RECORDED_STEPS.name());
    }

    private static int rowsOfAWrite(RecordingSource source, long bytes, int mostRows) {
        long largest = source.recording().tensors().stream()
                .mapToLong(tensor -> tensor.bytesPerRow(
                        source.model().vocabulary(), source.model().width()))
                .max()
                .orElseThrow();
        return Math.clamp(bytes / largest, 1, mostRows);
    }

    /**
     * Opens the file, or makes it: the constants are in it from the instant it appears, and recorded_steps says that no
     * row is written yet.
     *
     * @param mostRows that are written at once
     */
    static StreamSink open(Path file, RecordingPlan plan, int mostRows) throws IOException {
        SafetensorsWriter writer = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? resume(file, plan.layout())
                : SafetensorsWriter.create(file, plan.layout(), made -> writeConstants(made, plan));
        try {
            writer.openDirect();
            return new StreamSink(plan, writer, mostRows);
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
     * Opens a file of a recording to go on writing.
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
        writer.writeRows(stepsTensor, index, steps.flip()); // last: what it names is written
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
