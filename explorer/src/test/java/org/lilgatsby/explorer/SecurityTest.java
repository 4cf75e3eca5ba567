package org.lilgatsby.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who gets an answer, and to what. */
class SecurityTest {
    private static final String SECRET = "secret: of this machine\n";

    @TempDir
    private Path folder;

    private Path given;
    private Explorer explorer;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        given = Files.createDirectory(folder.resolve("given"));
        Files.writeString(folder.resolve("outside.html"), SECRET);
        explorer = Explorer.start(List.of(given), 0);
        client = new Client(explorer);
    }

    @AfterEach
    void stop() {
        explorer.close();
    }

    private String request(String path, String... headers) throws IOException {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nConnection: close\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return client.raw(text + "\r\n");
    }

    private String host() {
        return "Host: 127.0.0.1:" + client.port();
    }

    private String cookie() {
        return "Cookie: lilgatsby-%d=%s".formatted(client.port(), client.key());
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        assertFalse(response.contains("secret"), response);
        assertFalse(response.contains("\tat "), response);
    }

    @Test
    void letsInWhoHasTheAddress() throws IOException {
        String response = request("/?key=" + client.key(), host());
        assertStatus(303, response);
        assertTrue(
                response.contains("Set-Cookie: lilgatsby-%d=%s; Path=/; HttpOnly; SameSite=Strict"
                        .formatted(client.port(), client.key())),
                response);
        assertStatus(200, request("/", host(), cookie()));
        assertStatus(200, request("/api/items?key=" + client.key(), host()));
    }

    /** What a browser is opened with stands in the list of processes, so it is worth nothing once it was used. */
    @Test
    void invitesOneBrowserOnce() throws IOException {
        String address = explorer.oneTimeAddress();
        assertFalse(address.contains(client.key()));
        String path = address.substring(address.indexOf("/?"));
        String response = request(path, host());
        assertStatus(303, response);
        assertFalse(response.contains(client.key()), response);
        Matcher set = Pattern.compile("Set-Cookie: (lilgatsby-[0-9]+=[0-9a-f]{32}); Path=/; HttpOnly; SameSite=Strict")
                .matcher(response);
        assertTrue(set.find(), response);
        String guest = "Cookie: " + set.group(1);
        assertStatus(200, request("/api/items", host(), guest));
        assertStatus(401, request("/?code=" + client.key(), host()));
        assertStatus(200, request("/api/items", host(), guest));

        String second = request(path, host());
        assertStatus(401, second);
        assertTrue(second.contains("works only once"), second);
        assertStatus(401, request("/api/items", host(), guest));
        assertStatus(200, request("/api/items", host(), cookie()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/items", "/api/events", "/lib/echarts.min.js", "/?key=", "/?key=0"})
    void refusesRequestsWithoutTheAccessKey(String path) throws IOException {
        assertStatus(401, request(path, host()));
        assertStatus(401, request(path, host(), "Cookie: lilgatsby-%d=0".formatted(client.port())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: evil.example", "Host: 127.0.0.1", "Host: 127.0.0.1:1", "Host: localhost.evil.example"})
    void answersUnderNoOtherName(String host) throws IOException {
        assertStatus(403, request("/api/items", host, cookie()));
        assertStatus(403, request("/?key=" + client.key(), host));
    }

    @Test
    void answersNothingWithoutAName() throws IOException {
        assertStatus(400, request("/api/items", cookie()));
        assertStatus(400, request("/api/items", host(), "Host: evil.example", cookie()));
        String absolute = request("http://evil.example/api/items", host(), cookie());
        assertFalse(absolute.startsWith("HTTP/1.1 200"), absolute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1:1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void answersNoOtherOrigin(String header) throws IOException {
        String response = request("/api/items", host(), cookie(), header);
        assertStatus(403, response);
        assertFalse(response.contains("Access-Control"), response);
        assertStatus(403, request("/?key=" + client.key(), host(), header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void onlyShows(String method) {
        HttpResponse<byte[]> response =
                client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + client.port() + "/api/items"))
                        .method(method, HttpRequest.BodyPublishers.noBody()));
        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD", response.headers().firstValue("Allow").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/explore/../../outside.html",
                "/explore/..%2f..%2foutside.html",
                "/explore/%2e%2e/%2e%2e/outside.html",
                "/explore/..;/outside.html",
                "/explore//etc/passwd",
                "/explore/%00.html",
                "/explore/..\\outside.html",
                "/charts/../analysis/History.class",
                "/charts/%2e%2e/%2e%2e/META-INF/MANIFEST.MF",
                "/lib/.hidden.js",
                "/api/runs/../../outside.html",
                "/api/runs/..%2f..%2foutside",
                "/api/runs/" + "%2e%2e%2f%2e%2e%2fgiven",
                "/api/runs/0000000000000000",
                "/api/runs/0000000000000000/curves?names=../../outside",
                "/outside.html"
            })
    void leadsNowhereElse(String path) throws IOException {
        String response = request(path, host(), cookie());
        assertTrue(response.startsWith("HTTP/1.1 40"), response);
        assertFalse(response.contains("secret") || response.contains("root:"), response);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
    void doesNotFindWhatALinkLeadsTo() throws IOException {
        Path elsewhere = SmallRuns.run(folder.resolve("elsewhere"), "primordial-snowball", 1);
        Files.createSymbolicLink(given.resolve("link"), elsewhere);
        Path run = SmallRuns.run(given.resolve("run"), "primordial-snowball", 1);
        assertEquals(1, client.json("/api/items").get("items").size());
        String id = client.json("/api/items").get("items").get(0).get("id").asString();
        Path recording = run.resolve("recording.safetensors");
        Files.delete(recording);
        Files.createSymbolicLink(recording, elsewhere.resolve("recording.safetensors"));
        assertTrue(client.refusal(500, "/api/runs/" + id).contains("is a symbolic link"));
        Files.delete(run.resolve("config.yaml"));
        Files.createSymbolicLink(run.resolve("config.yaml"), folder.resolve("outside.html"));
        assertTrue(client.json("/api/items")
                .get("items")
                .valueStream()
                .noneMatch(item -> item.get("kind").asString().equals("run")));
    }

    @Test
    void sendsTextsOfFilesAsTexts() throws IOException {
        String evil = "</script><img src=x onerror=alert(1)>'\"&";
        Path run = SmallRuns.run(
                given.resolve("a run <b>&amp;'\"</b>"),
                "primordial-snowball",
                1,
                "title='" + evil.replace("'", "''") + "'");
        Files.writeString(
                run.resolve("report.json"), "{\"verdict\": {\"because\": \"\\u0000\\u001b[2J\\u2028" + "</script>\"}}");
        HttpResponse<byte[]> response = client.get("/api/items");
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "nosniff",
                response.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertTrue(response.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .startsWith("default-src 'none'; script-src 'self';"));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
        JsonNode item = client.json("/api/items").get("items").get(0);
        assertEquals(evil, item.get("title").asString());
        String document =
                new String(client.get("/api/runs/" + item.get("id").asString()).body(), StandardCharsets.UTF_8);
        assertTrue(document.chars().noneMatch(c -> c < ' '), document);
        assertTrue(document.contains("\\u0000\\u001B[2J"), document);
    }

    @Test
    void refusesLongHeaders() throws IOException {
        assertStatus(431, request("/api/items", host(), cookie(), "X-Long: " + "a".repeat(10_000)));
        String path = request("/" + "a".repeat(10_000), host(), cookie());
        assertTrue(path.startsWith("HTTP/1.1 414") || path.startsWith("HTTP/1.1 431"), path);
        assertStatus(200, request("/api/items", host(), cookie()));
    }

    /** They ask for what fills every buffer on the way, and read nothing. */
    @Test
    void answersOthersWhileSomeDoNotRead() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                Socket socket = new Socket("127.0.0.1", client.port());
                silent.add(socket);
                String requests = "GET /lib/echarts.min.js HTTP/1.1\r\n%s\r\n%s\r\n\r\n".formatted(host(), cookie());
                socket.getOutputStream().write(requests.repeat(8).getBytes(StandardCharsets.ISO_8859_1));
            }
            assertStatus(200, request("/api/items", host(), cookie()));
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void answersBesideAThousandConnections() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                idle.add(new Socket("127.0.0.1", client.port()));
            }
            assertStatus(200, request("/api/items", host(), cookie()));
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
