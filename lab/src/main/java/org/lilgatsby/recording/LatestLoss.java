package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.TrainingState;

/**
 * Leaves the last loss on the disk while a run trains, for whoever looks on: a file of one line, the step in ten digits
 * and the loss in nats, rewritten in place about twice a second by a thread of its own, and deleted at the end. It
 * tells nothing that a run needs, so a run continues where it cannot be written.
 */
public final class LatestLoss implements StepListener, AutoCloseable {
    private static final long EVERY_MILLIS = 500;
    private static final Pattern LINE = Pattern.compile("([0-9]{10}) +(\\S+)\n");

    private final Path file;
    private final Thread writer;

    /** The step in the upper half, the bits of the loss in the lower one; 0 before the first step. */
    private volatile long latest;

    /**
     * The loss of a step.
     *
     * @param step number of the update, from 1
     * @param loss in nats, rounded to float32
     */
    public record OfStep(int step, float loss) {}

    private LatestLoss(Path file) {
        this.file = file;
        this.writer = Thread.ofPlatform().daemon().name("latest-loss").unstarted(this::writeUntilClosed);
    }

    /** Begins to tell the losses of a run. */
    public static LatestLoss in(RunDirectory directory) {
        LatestLoss latest = new LatestLoss(directory.latestLoss());
        latest.writer.start();
        return latest;
    }

    /**
     * The last loss that a run left; empty if there is none, or it cannot be read.
     *
     * @throws IOException if the file is there but cannot be opened
     */
    public static Optional<OfStep> read(RunDirectory directory) throws IOException {
        String text;
        try (FileChannel channel =
                FileChannel.open(directory.latestLoss(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = ByteBuffer.allocate(line(0).length + 1);
            channel.read(bytes, 0);
            text = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(text);
        try {
            return line.matches()
                    ? Optional.of(new OfStep(Integer.parseInt(line.group(1)), Float.parseFloat(line.group(2))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void afterUpdate(TrainingState state) {
        latest = packed(state.stepNumber(), (float) state.loss());
    }

    private static long packed(int step, float loss) {
        return (long) step << Integer.SIZE | Integer.toUnsignedLong(Float.floatToIntBits(loss));
    }

    private static byte[] line(long packed) {
        return String.format(
                        Locale.ROOT,
                        "%010d %16s\n",
                        (int) (packed >>> Integer.SIZE),
                        Float.toString(Float.intBitsToFloat((int) packed)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void writeUntilClosed() {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS)) {
            long written = 0;
            while (true) {
                Thread.sleep(EVERY_MILLIS);
                long now = latest;
                if (now != written) {
                    channel.write(ByteBuffer.wrap(line(now)), 0);
                    written = now;
                }
            }
        } catch (InterruptedException | IOException e) {
            return;
        }
    }

    /** @throws IOException if the file cannot be deleted */
    @Override
    public void close() throws IOException {
        writer.interrupt();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(file);
    }
}
