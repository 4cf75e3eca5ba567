package org.lilgatsby.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local web server with one file, which fails on demand. */
final class BookServer implements AutoCloseable {
    volatile byte[] content;
    volatile String etag = "\"1\"";
    volatile int status = 200;
    volatile boolean knowsRanges = true;

    /** Place in the file at which a transfer breaks off. */
    volatile int stopAt = Integer.MAX_VALUE;

    /** Whether a transfer that stops goes silent, rather than closing the connection. */
    volatile boolean silent;

    /** The Range header of each request, "none" without. */
    final List<String> ranges = new CopyOnWriteArrayList<>();

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;

    BookServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/book.txt");
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "none" : range);
            if (etag != null) {
                exchange.getResponseHeaders().set("ETag", etag);
            }
            boolean partial = range != null
                    && knowsRanges
                    && exchange.getRequestHeaders().getFirst("If-Range").equals(etag);
            int begin = partial ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
            if (partial && begin >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (partial) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + begin + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(partial ? 206 : status, content.length - begin);
            exchange.getResponseBody().write(content, begin, Math.min(stopAt, content.length) - begin);
            exchange.getResponseBody().flush();
            if (silent) {
                closing.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
