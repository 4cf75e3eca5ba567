package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsWriter;

/**
 * One file per row, from {@code step_0000000.safetensors} on. Each appears complete or not at all, and names its own
 * step.
 */
final class PerStepSink implements RowSink {
    private final Path directory;
    private final RecordingPlan plan;
    private final int tensors;
    private final ByteBuffer step = RecordingPlan.little(Long.BYTES);
    private final List<ByteBuffer> data; // of the tensors, then of the constants
    private final List<Path> unforced = new ArrayList<>();

    PerStepSink(Path directory, RecordingPlan plan) throws IOException {
        this.directory = directory;
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory);
        }
        Path first = directory.resolve(RunDirectory.stepFile(0));
        if (Files.exists(first, LinkOption.NOFOLLOW_LINKS)) {
            StreamSink.resume(first, plan.layout()).close();
        }
        this.plan = plan;
        this.tensors = plan.source().recording().tensors().size();
        this.data = new ArrayList<>(Arrays.asList(new ByteBuffer[tensors]));
        for (Constant constant : plan.source().recording().constants()) {
            data.add(
                    constant == Constants.RECORDED_STEPS
                            ? step
                            : constant.values(plan.source()).bytes());
        }
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public void write(int index, RowRing rows, int from, int count) throws IOException {
        for (int i = 0; i < tensors; i++) {
            data.set(i, rows.bytes(i, from, count));
        }
        step.clear().putLong(rows.row(from).step());
        data.subList(tensors, data.size()).forEach(ByteBuffer::rewind);
        Path file = directory.resolve(RunDirectory.stepFile(rows.row(from).step()));
        SafetensorsWriter.writeWhole(file, plan.layout(), data);
        unforced.add(file);
    }

    @Override
    public float[] read(int i, int index) throws IOException {
        RecordingConfig config = plan.source().recording();
        try (SafetensorsFile file =
                SafetensorsFile.open(directory.resolve(RunDirectory.stepFile(config.step(index))))) {
            return file.tensor(config.tensors().get(i).name()).toFloats();
        }
    }

    @Override
    public void force() throws IOException {
        for (Path file : unforced) {
            DurableFiles.force(file);
        }
        DurableFiles.forceDirectory(directory);
        unforced.clear();
    }

    @Override
    public void close() {
        // every file was closed after it was written
    }
}
