package org.lilgatsby.explorer.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.lilgatsby.cli.Failures;

/** Sends the page's files, answers of the API, and events. */
public final class Site extends Handler.Abstract {
    private static final String EVENTS = Replies.API + "events";

    /** What answers under {@code /api/}. */
    public interface Api {
        /**
         * Answers a request.
         *
         * @param path behind {@code /api/}
         * @throws Refusal if it is not answered
         * @throws Exception if a file cannot be read; its sentence goes to the user
         */
        Answer answer(String path, Query query) throws Exception;
    }

    /** Requests that are computed at the same time; more would only take each other's memory. */
    private static final int AT_ONCE = 16;

    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final Api api;
    private final Events events;
    private final PageFiles files = new PageFiles();

    public Site(Api api, Events events) {
        this.api = api;
        this.events = events;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        try {
            if (path.equals(EVENTS)) {
                events.add(response, callback);
            } else if (path.startsWith(Replies.API)) {
                Replies.send(response, callback, answer(path.substring(Replies.API.length()), query(request)));
            } else {
                PageFiles.File file = files.find(path);
                Replies.send(response, callback, 200, file.type(), file.bytes());
            }
        } catch (Refusal refusal) {
            Replies.refuse(request, response, callback, refusal);
        } catch (IllegalArgumentException e) {
            Replies.refuse(request, response, callback, new Refusal(400, Failures.sentence(e)));
        } catch (Exception | InternalError | OutOfMemoryError e) {
            Replies.refuse(request, response, callback, new Refusal(500, Failures.sentence(e)));
        }
        return true;
    }

    private Answer answer(String path, Query query) throws Exception {
        atOnce.acquire();
        try {
            return api.answer(path, query);
        } finally {
            atOnce.release();
        }
    }

    private static Query query(Request request) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            values.putIfAbsent(field.getName(), field.getValue());
        }
        return new Query(values);
    }
}
