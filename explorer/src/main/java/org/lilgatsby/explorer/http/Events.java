package org.lilgatsby.explorer.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Server-sent events. Whoever reads slower than events come gets the last one of each subject; whoever does not read at
 * all is dropped when the server's idle timeout ends the write. Nothing waits for a reader.
 */
public final class Events {
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

    /** Whether anybody listens. */
    public boolean heard() {
        return !readers.isEmpty();
    }

    /**
     * Sends to everybody who listens.
     *
     * @param event its name
     * @param subject a later event of this subject replaces an earlier one that was not sent yet
     * @param data its content, written as JSON
     */
    public void send(String event, String subject, Object data) {
        String json = new String(Replies.json(data), StandardCharsets.UTF_8);
        readers.forEach(reader -> reader.put(event + " " + subject, "event: %s\ndata: %s\n\n".formatted(event, json)));
    }

    /** Keeps connections from being taken for idle; called every few seconds. */
    public void beat() {
        readers.forEach(reader -> reader.put("", ":\n\n"));
    }

    void add(Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        Reader reader = new Reader(response, callback);
        readers.add(reader);
        reader.put("", "retry: 1000\n\n");
    }

    /** Ends all connections. */
    public void close() {
        readers.forEach(Reader::end);
    }

    private final class Reader implements Callback {
        private final Response response;
        private final Callback whole;
        private final Map<String, String> waiting = new LinkedHashMap<>();
        private boolean writing;
        private boolean over;

        Reader(Response response, Callback whole) {
            this.response = response;
            this.whole = whole;
        }

        void put(String subject, String text) {
            String next;
            synchronized (this) {
                waiting.put(subject, text);
                next = next();
            }
            write(next);
        }

        /** All that waits, if nothing is being written; null otherwise. */
        private String next() {
            if (writing || over || waiting.isEmpty()) {
                return null;
            }
            writing = true;
            String all = String.join("", waiting.values());
            waiting.clear();
            return all;
        }

        private void write(String text) {
            if (text != null) {
                response.write(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), this);
            }
        }

        @Override
        public void succeeded() {
            String next;
            synchronized (this) {
                writing = false;
                next = next();
            }
            write(next);
        }

        @Override
        public void failed(Throwable reason) {
            if (leave()) {
                whole.failed(reason);
            }
        }

        void end() {
            if (leave()) {
                whole.succeeded();
            }
        }

        private synchronized boolean leave() {
            readers.remove(this);
            boolean first = !over;
            over = true;
            return first;
        }
    }
}
