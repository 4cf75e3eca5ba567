package org.lilgatsby.explorer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an explorer as its page does. */
final class Client {
    private static final JsonMapper JSON = FiniteJson.mapper().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI origin;
    private final String key;

    Client(Explorer explorer) {
        URI address = URI.create(explorer.address());
        origin = address.resolve("/");
        key = address.getQuery().substring("key=".length());
    }

    int port() {
        return origin.getPort();
    }

    String key() {
        return key;
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(origin.resolve(path)), headers);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers) {
        request.header("Cookie", "lilgatsby-%d=%s".formatted(port(), key));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of the server's events, from now on. */
    BufferedReader events() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(origin.resolve("/api/events"))
                .header("Cookie", "lilgatsby-%d=%s".formatted(port(), key))
                .build();
        return new BufferedReader(new InputStreamReader(
                http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
    }

    static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    /** A document of the API. */
    JsonNode json(String path) {
        HttpResponse<byte[]> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    path + ": " + response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }

    /** The sentence with which a request is refused. */
    String refusal(int status, String path) {
        HttpResponse<byte[]> response = get(path);
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() != status) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + body);
        }
        return JSON.readTree(body).get("error").asString();
    }

    /** Numbers of the API. */
    record Numbers(JsonNode header, ByteBuffer numbers) {}

    Numbers numbers(String path) {
        return blocks(path).getFirst();
    }

    /** Several of them. */
    List<Numbers> blocks(String path) {
        HttpResponse<byte[]> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    path + ": " + response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        ByteBuffer all = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[all.getInt()];
        all.get(header);
        if (all.position() % 4 != 0) {
            throw new AssertionError("numbers begin at " + all.position());
        }
        JsonNode said = JSON.readTree(header);
        List<Numbers> blocks = new ArrayList<>();
        int from = all.position();
        for (int i = 0, at = from; i < said.get("blocks").size(); i++) {
            int end = from + said.get("bytes").get(i).asInt();
            blocks.add(new Numbers(
                    said.get("blocks").get(i), all.slice(at, end - at).order(ByteOrder.LITTLE_ENDIAN)));
            at = end;
        }
        return blocks;
    }

    /** What the server answers to bytes that no HTTP client would send; up to its end. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
