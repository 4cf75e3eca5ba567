package org.lilgatsby.explorer.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, such as headers that are too long: a sentence, without a stack trace. */
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        byte[] body = "The request cannot be answered (%d).\n".formatted(status).getBytes(StandardCharsets.UTF_8);
        Replies.send(response, callback, status, "text/plain; charset=utf-8", body);
        return true;
    }
}
