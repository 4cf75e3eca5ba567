package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.lilgatsby.safetensors.SafetensorsWriter;

/** One file, laid out in full at the start, row r of every tensor filled when row r comes. */
final class StreamSink implements RowSink {
    private final SafetensorsWriter writer;
    private final RowEncoder encoder;
    private final RecordingConfig config;
    private final int stepsTensor;
    private final ByteBuffer step = RecordingPlan.little(Long.BYTES);

    private StreamSink(RecordingPlan plan, SafetensorsWriter writer) {
        this.writer = writer;
        this.encoder = new RowEncoder(plan.source());
        this.config = plan.source().recording();
        this.stepsTensor = config.constants().contains(Constant.RECORDED_STEPS)
                ? plan.layout().indexOf(Constant.RECORDED_STEPS.toString())
                : -1;
    }

    /**
     * Opens the file, or makes it. The constants are written either way: a process may have been killed between
     * making the file and writing them.
     */
    static StreamSink open(Path file, RecordingPlan plan) throws IOException {
        SafetensorsWriter writer = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? SafetensorsWriter.resume(file, plan.layout())
                : SafetensorsWriter.create(file, plan.layout());
        try {
            for (Constant constant : plan.source().recording().constants()) {
                if (constant != Constant.RECORDED_STEPS) {
                    writer.write(plan.layout().indexOf(constant.toString()), 0, plan.bytes(constant));
                }
            }
            return new StreamSink(plan, writer);
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public void write(int index, Row row) throws IOException {
        for (int i = 0; i < config.tensors().size(); i++) {
            writer.writeRows(i, index, encoder.encode(i, row));
        }
        if (stepsTensor >= 0) {
            writer.writeRows(stepsTensor, index, step.clear().putLong(row.step()).flip());
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
