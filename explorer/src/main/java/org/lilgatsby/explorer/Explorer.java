package org.lilgatsby.explorer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.lilgatsby.explorer.api.Api;
import org.lilgatsby.explorer.http.AccessControl;
import org.lilgatsby.explorer.http.AccessKey;
import org.lilgatsby.explorer.http.Events;
import org.lilgatsby.explorer.http.LoopbackServer;
import org.lilgatsby.explorer.http.OneTimeCode;
import org.lilgatsby.explorer.http.Site;
import org.lilgatsby.explorer.library.Library;
import org.lilgatsby.explorer.library.OpenCheckpoints;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.live.Watcher;
import org.lilgatsby.explorer.view.Background;

/** The explorer at work: a server for what lies below some directories. It reads and never writes. */
public final class Explorer implements AutoCloseable {
    private static final int ANALYSES_AT_ONCE = 2;
    private static final long LOOK_MILLIS = 1_700;
    private static final long BEAT_SECONDS = 10;

    static {
        // Jetty logs by SLF4J, which would say that nothing listens; what a user must know, the verb says.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    private final AccessKey key = AccessKey.random();
    private final OneTimeCode code = new OneTimeCode(System::nanoTime);
    private final Events events = new Events();
    private final OpenRuns runs = new OpenRuns(System::nanoTime);
    private final ExecutorService analyses = Executors.newFixedThreadPool(
            ANALYSES_AT_ONCE, Thread.ofPlatform().daemon().name("analysis-", 0).factory());
    private final OpenCheckpoints checkpoints = new OpenCheckpoints();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watcher").factory());
    private final Watcher watcher;
    private final LoopbackServer server;

    private Explorer(List<Path> roots, int port) throws IOException {
        Library library = new Library(roots);
        library.refresh();
        watcher = new Watcher(library, events::send, events::heard, System::nanoTime, InstantSource.system());
        Background background = new Background(runs, analyses, System::nanoTime);
        Api api = new Api(library, runs, checkpoints, background);
        server = LoopbackServer.start(port, new AccessControl(key, code, new Site(api, events)));
        ticks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        ticks.scheduleWithFixedDelay(events::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** What cannot be read now may be readable the next time; who asks for the list is told what is wrong. */
    private void look() {
        try {
            watcher.look();
        } catch (IOException | RuntimeException | InternalError e) {
            return;
        }
    }

    /**
     * Starts it.
     *
     * @param roots directories; one that does not exist yet is empty
     * @param port 0 for a free one
     * @throws IOException if the port is taken, or a directory cannot be read
     */
    public static Explorer start(List<Path> roots, int port) throws IOException {
        return new Explorer(roots, port);
    }

    /** The address with the access key. */
    public String address() {
        return server.origin() + "?" + AccessControl.KEY + "=" + key.text();
    }

    /** An address without the access key that lets in one browser, once, within ten minutes. */
    public String oneTimeAddress() {
        return server.origin() + "?" + AccessControl.CODE + "=" + code.text();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        events.close();
        server.close();
        analyses.shutdownNow();
        runs.close();
        checkpoints.close();
    }
}
