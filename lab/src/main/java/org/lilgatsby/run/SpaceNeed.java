package org.lilgatsby.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.RecordingPlan;

/**
 * The room that a run takes on the disk, so that one that cannot end is not begun.
 *
 * @param recording bytes of the recording's files
 * @param checkpoints bytes of two checkpoints, since the next is written before the last is given up
 * @param model bytes of the exported model
 * @param checksums bytes of the sums that a sealed run has for every step and token
 * @param reports bytes that the reports and small files take at most
 */
public record SpaceNeed(long recording, long checkpoints, long model, long checksums, long reports) {
    /** What file systems usually give out at once. */
    private static final long BLOCK = 4096;

    private static final long TOKEN = 32;
    private static final long REPORTS = 8 << 20;
    private static final long REPORTS_A_WINDOW = 512;

    /** What a run takes in all. */
    public static SpaceNeed of(ExperimentConfig config, RecordingPlan plan) {
        long windows = config.training().steps() / config.training().logEvery();
        long parameters = config.model().parameterCount();
        return new SpaceNeed(
                plan.files() * blocks(plan.layout().fileBytes()),
                2
                        * blocks(Checkpoint.bytes(
                                parameters, windows, config.perturbation().isOn())),
                model(config),
                blocks(plan.checksumBytes()) + 2 * BLOCK,
                REPORTS + windows * REPORTS_A_WINDOW);
    }

    /**
     * What is left of it when a run was begun.
     *
     * @param done recorded rows
     * @param sparse whether the room of the other rows is still free, and not taken since the recording was made
     */
    public SpaceNeed after(int done, int rows, boolean sparse) {
        long left = sparse ? recording - recording / rows * Math.min(done, rows) : 0;
        return new SpaceNeed(left, checkpoints, model, checksums, reports);
    }

    /** The weights, a line of the tokenizer a token, and five small files. */
    private static long model(ExperimentConfig config) {
        long weights = config.model().parameterCount()
                * config.precision().parameters().bytes();
        return blocks(weights) + blocks(config.model().vocabulary() * TOKEN) + 8 * BLOCK;
    }

    private static long blocks(long bytes) {
        return Math.ceilDiv(bytes, BLOCK) * BLOCK;
    }

    /** All together. */
    public long total() {
        return recording + checkpoints + model + checksums + reports;
    }

    /**
     * Checks that the disk has the room.
     *
     * @param directory of the run; need not exist
     * @throws IOException naming the bytes needed and those there are
     */
    public void require(Path directory) throws IOException {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        long available = DiskSpace.available(existing);
        if (available < total()) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: not enough disk space: %,d bytes are needed (recording %,d, checkpoints %,d, model "
                            + "%,d, checksums %,d, "
                            + "reports at most %,d), %,d are free; "
                            + "free some space, record less (--every), or write to another disk (--out)",
                    directory,
                    total(),
                    recording,
                    checkpoints,
                    model,
                    checksums,
                    reports,
                    available));
        }
    }
}
