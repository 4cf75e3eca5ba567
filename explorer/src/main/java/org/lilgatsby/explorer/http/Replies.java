package org.lilgatsby.explorer.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers. */
final class Replies {
    static final String API = "/api/";

    private static final JsonMapper JSON = FiniteJson.mapper().build();

    private Replies() {}

    static byte[] json(Object document) {
        return JSON.writeValueAsBytes(document);
    }

    static void send(Response response, Callback callback, Answer answer) {
        switch (answer) {
            case Answer.Json json -> send(response, callback, 200, "application/json", json(json.document()));
            case Answer.Binary binary -> send(response, callback, binary);
        }
    }

    private static void send(Response response, Callback callback, Answer.Binary binary) {
        byte[] header = json(binary.header());
        byte[] padded = Arrays.copyOf(header, Math.ceilDiv(header.length, Integer.BYTES) * Integer.BYTES);
        Arrays.fill(padded, header.length, padded.length, (byte) ' ');
        ByteBuffer first = ByteBuffer.allocate(Integer.BYTES + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(padded.length)
                .put(padded)
                .flip();
        ByteBuffer numbers = binary.numbers().duplicate();
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, (long) first.remaining() + numbers.remaining());
        response.write(false, first, Callback.from(() -> response.write(true, numbers, callback), callback::failed));
    }

    static void send(Response response, Callback callback, int status, String type, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** A sentence: as JSON to the page's modules, as text to people. */
    static void refuse(Request request, Response response, Callback callback, Refusal refusal) {
        boolean api = Request.getPathInContext(request).startsWith(API);
        byte[] body = api
                ? json(Map.of("error", refusal.getMessage()))
                : (refusal.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        if (refusal.status() == 405) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        }
        send(response, callback, refusal.status(), api ? "application/json" : "text/plain; charset=utf-8", body);
    }
}
