package org.lilgatsby.explorer.http;

import java.io.IOException;
import java.net.BindException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * HTTP on 127.0.0.1. Requests run on virtual threads; a write that its reader does not take ends with the idle timeout,
 * and so does a connection that asks for nothing.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";

    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_HEADER_BYTES = 8_192;
    private static final long IDLE_MILLIS = 30_000;

    /** Once all connections are taken, those that do nothing make room. */
    private static final long IDLE_WHEN_FULL_MILLIS = 1_000;

    private static final int MOST_THREADS = 16;

    private final Server server;
    private final ServerConnector connector;

    private LoopbackServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts.
     *
     * @param port 0 for a free one
     * @throws IOException if the port is taken
     */
    public static LoopbackServer start(int port, Handler handler) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("explorer");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(MOST_HEADER_BYTES);
        http.setUriCompliance(UriCompliance.RFC3986);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(ADDRESS);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(MOST_CONNECTIONS);
        server.addConnector(connector);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, connector);
        limit.setEndPointIdleTimeout(IDLE_WHEN_FULL_MILLIS);
        server.addBean(limit);
        server.setStopTimeout(0); // whoever still reads is cut off
        server.setHandler(handler);
        server.setErrorHandler(new PlainErrors());
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw e.getCause() instanceof BindException || e instanceof BindException
                    ? new IOException("port %d of %s is taken; choose another with --port".formatted(port, ADDRESS), e)
                    : new IOException("the server does not start: " + e.getMessage(), e);
        }
        return new LoopbackServer(server, connector);
    }

    /** The port that it listens at. */
    public int port() {
        return connector.getLocalPort();
    }

    /** {@code http://127.0.0.1:PORT/}, without an access key. */
    public String origin() {
        return "http://%s:%d/".formatted(ADDRESS, port());
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop: " + e.getMessage(), e);
        }
    }
}
