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
 * The disk space that a run needs; a run that could not finish is not started.
 *
 * @param recording bytes of the recording's files
 * @param checkpoints bytes of two checkpoints, since the next one is written before the last one is deleted, and of
 *     those that stay
 * @param model bytes of the exported model
 * @param checksums bytes of the checksums that a sealed run has for every step and token
 * @param reports most bytes that the reports and small files take
 */
public record SpaceNeed(long recording, long checkpoints, long model, long checksums, long reports) {
    /** What a run in memory needs. */
    static final SpaceNeed NONE = new SpaceNeed(0, 0, 0, 0, 0);

    /** The usual block size of file systems. */
    private static final long BLOCK = 4096;

    private static final long TOKEN = 32;
    private static final long REPORTS = 8 << 20;
    private static final long REPORTS_A_WINDOW = 512;

    /** What a run needs in total. */
    public static SpaceNeed of(ExperimentConfig config, RecordingPlan plan) {
        long windows = config.training().steps() / config.training().logEvery();
        long parameters = config.model().parameterCount();
        return new SpaceNeed(
                plan.files() * blocks(plan.layout().fileBytes()),
                (2 + config.recording().checkpoints().size())
                        * blocks(Checkpoint.bytes(
                                parameters,
                                windows,
                                config.drawsWhileTraining(),
                                config.precision().update().compensates())),
                model(config),
                blocks(plan.checksumBytes()) + 2 * BLOCK,
                REPORTS + windows * REPORTS_A_WINDOW);
    }

    /**
     * What a run that has already begun still needs.
     *
     * @param done rows recorded so far
     * @param sparse whether the space for the other rows is still free, rather than allocated with the recording
     */
    public SpaceNeed after(int done, int rows, boolean sparse) {
        long left = sparse ? recording - recording / rows * Math.min(done, rows) : 0;
        return new SpaceNeed(left, checkpoints, model, checksums, reports);
    }

    /** The weights, one tokenizer line per token, and five small files. */
    private static long model(ExperimentConfig config) {
        long weights = config.model().parameterCount()
                * config.precision().parameters().bytes();
        return blocks(weights) + blocks(config.model().vocabulary() * TOKEN) + 8 * BLOCK;
    }

    private static long blocks(long bytes) {
        return Math.ceilDiv(bytes, BLOCK) * BLOCK;
    }

    /** The total. */
    public long total() {
        return recording + checkpoints + model + checksums + reports;
    }

    /**
     * Checks that the disk has enough free space.
     *
     * @param directory of the run; need not exist
     * @throws IOException naming the bytes needed and the bytes free
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
                            + "free some space, record less (--every), or write to another disk (--out; --store of a "
                            + "sweep)",
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
