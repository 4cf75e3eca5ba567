package org.lilgatsby.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file on its way from an HTTP server. It grows across attempts: each asks for the bytes that are missing, on
 * condition that the server still has the version (its ETag) that the first ones came from; a server that names no
 * version, has another one, or does not support ranges, sends everything again.
 */
final class PartialDownload {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");
    private static final long LARGEST = 64L << 20;

    private final URI address;
    private final Path file;
    private final Path version;
    private final int patienceMillis;

    /** @param size of the whole file as stated, -1 if it was not */
    private record Answer(int status, long firstByte, long size, String version, InputStream body) {}

    PartialDownload(URI address, Path file, Duration patience) {
        this.address = address;
        this.file = file;
        this.version = file.resolveSibling(file.getFileName() + ".version");
        this.patienceMillis = Math.toIntExact(patience.toMillis());
    }

    /** Where the bytes are. */
    Path file() {
        return file;
    }

    /** Discards what has arrived. */
    void delete() throws IOException {
        Files.deleteIfExists(version);
        Files.deleteIfExists(file);
    }

    /**
     * Fetches what is missing, to the disk.
     *
     * @throws CorpusException if that fails on the server's side; what has arrived stays
     * @throws IOException if it cannot be written
     */
    void complete() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Answer answer = ask(channel.size());
            if (answer.status() == HttpURLConnection.HTTP_OK) {
                channel.truncate(0);
                Files.deleteIfExists(version);
                if (answer.version() != null) {
                    Files.writeString(version, answer.version());
                }
            }
            channel.position(answer.firstByte());
            copy(answer, channel);
            channel.force(true);
        }
    }

    private Answer ask(long have) throws IOException {
        String known = have > 0 && Files.exists(version) ? Files.readString(version) : null;
        try {
            HttpURLConnection connection = connect();
            if (known != null) {
                connection.setRequestProperty("Range", "bytes=" + have + "-");
                connection.setRequestProperty("If-Range", known);
            }
            Answer answer = answer(connection, have);
            if (known != null && answer.status() == 416) { // the server has no byte beyond ours
                return answer(connect(), 0);
            }
            return answer;
        } catch (IOException e) {
            throw new CorpusException(
                    "cannot reach " + address + " (" + e + "); if this machine is offline, save the book by hand and"
                            + " name its file, or name no corpus for the synthetic one",
                    e);
        }
    }

    /** java.net.http has no time limit for a body that stops coming; this client has. */
    private HttpURLConnection connect() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(patienceMillis);
        connection.setReadTimeout(patienceMillis);
        connection.setRequestProperty("User-Agent", "lilgatsby");
        connection.setRequestProperty("Accept-Encoding", "identity");
        return connection;
    }

    private Answer answer(HttpURLConnection connection, long have) throws IOException {
        int status = connection.getResponseCode();
        return switch (status) {
            case HttpURLConnection.HTTP_OK ->
                new Answer(
                        status,
                        0,
                        connection.getContentLengthLong(),
                        strongVersion(connection.getHeaderField("ETag")),
                        connection.getInputStream());
            case HttpURLConnection.HTTP_PARTIAL -> {
                String range = String.valueOf(connection.getHeaderField("Content-Range"));
                Matcher matcher = CONTENT_RANGE.matcher(range);
                if (!matcher.matches() || Long.parseLong(matcher.group(1)) != have) {
                    throw new CorpusException(
                            "%s was asked for the bytes from %d on and sent `%s`; delete %s and fetch again"
                                    .formatted(address, have, range, file));
                }
                yield new Answer(status, have, Long.parseLong(matcher.group(2)), null, connection.getInputStream());
            }
            case 416 -> new Answer(status, have, have, null, InputStream.nullInputStream());
            default ->
                throw new CorpusException(
                        "%s answered with status %d; try again later, or save the book by hand and name its file"
                                .formatted(address, status));
        };
    }

    /** Only a strong ETag guarantees the same bytes. */
    private static String strongVersion(String etag) {
        return etag == null || etag.startsWith("W/") ? null : etag;
    }

    private void copy(Answer answer, FileChannel channel) throws IOException {
        byte[] buffer = new byte[1 << 14];
        try (InputStream body = answer.body()) {
            for (int n; (n = read(body, buffer, channel)) > 0; ) {
                for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
                    channel.write(bytes);
                }
                if (channel.position() > LARGEST) {
                    throw new CorpusException(address + " sent more than " + LARGEST
                            + " bytes, which cannot be the book; check the address");
                }
            }
        }
        if (answer.size() >= 0 && channel.position() != answer.size()) {
            throw new CorpusException("%s: the transfer stopped after %d of %d bytes; fetch again to continue"
                    .formatted(address, channel.position(), answer.size()));
        }
    }

    private int read(InputStream body, byte[] buffer, FileChannel channel) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new CorpusException(
                    "%s: the transfer stopped after %d bytes (%s); fetch again to continue"
                            .formatted(address, channel.position(), e),
                    e);
        }
    }
}
