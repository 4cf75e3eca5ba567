package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.RunDirectory;

/** A run that is mapped, as far as it was recorded when it was opened. */
public final class OpenRun implements AutoCloseable {
    private final String identity;
    private final RunArchive archive;
    private final LiveDeadSplit split;
    private final Object door = new Object();
    private AnalysisContext context;
    private History embeddings;

    private OpenRun(String identity, RunArchive archive) {
        this.identity = identity;
        this.archive = archive;
        LiveDeadSplit whole = new LiveDeadSplit(
                Tokens.of(archive.manifest().corpus().live()),
                Tokens.of(archive.manifest().corpus().dead()));
        this.split = archive.config().recording().tokens().isAll() ? whole : whole.of(Tokens.of(archive.tokens()));
    }

    static OpenRun of(Place place, SmallFiles files, int mostRows) throws IOException {
        RunDirectory directory = new RunDirectory(place.path());
        try {
            return new OpenRun(identity(place), RunArchive.open(directory, mostRows, files));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e); // the run is wrong, not the request
        }
    }

    /** Tells a run from another that was written to the same place later; the same for all states of its recording. */
    static String identity(Place place) throws IOException {
        BasicFileAttributes config =
                Files.readAttributes(new RunDirectory(place.path()).config(), BasicFileAttributes.class);
        return "%s %s %s".formatted(place.id(), config.fileKey(), config.lastModifiedTime());
    }

    /** Tells it from another run, but not from itself when less was recorded. */
    public String identity() {
        return identity;
    }

    /** The run. */
    public RunArchive archive() {
        return archive;
    }

    /** Live and dead tokens whose rows are recorded. */
    public LiveDeadSplit split() {
        return split;
    }

    /** Number of recorded states. */
    public int states() {
        return archive.recording().rows();
    }

    /**
     * W at every recorded state; may be read by several threads.
     *
     * @throws IOException if it is not known, saying why
     */
    public History embeddings() throws IOException {
        synchronized (door) {
            if (embeddings == null) {
                embeddings = archive.embeddings();
            }
            return embeddings;
        }
    }

    /** What is asked of the run's analyses. */
    @FunctionalInterface
    public interface Question<T> {
        T of(AnalysisContext context) throws IOException;
    }

    /**
     * Asks the analyses of the command line; one thread at a time.
     *
     * @throws IOException if the recording cannot be read
     */
    public synchronized <T> T ask(Question<T> question) throws IOException {
        if (context == null) {
            context = newContext();
        }
        return question.of(context);
    }

    /**
     * Asks what needs no reading of the recording, whatever is being computed.
     *
     * @throws IOException if the recording cannot be read
     */
    public <T> T glance(Question<T> question) throws IOException {
        return question.of(newContext());
    }

    private AnalysisContext newContext() {
        return new AnalysisContext(archive, new ScalarAnalysisKernels(), KernelChoice.AUTO::createAnalysisKernels);
    }

    /** Gives up what the analyses share, which they compute again when they are asked. */
    public synchronized void forget() {
        context = null;
    }

    @Override
    public void close() {
        archive.close();
    }
}
