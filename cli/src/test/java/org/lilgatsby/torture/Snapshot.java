package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every file of a run's directory, wall-clock fields taken out. */
record Snapshot(SortedMap<String, byte[]> files) {
    static Snapshot of(Path directory) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (var walk = Files.walk(directory)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                files.put(name, timeless(name, Files.readAllBytes(file)));
            }
        }
        return new Snapshot(files);
    }

    private static byte[] timeless(String name, byte[] bytes) {
        return switch (name) {
            case "manifest.json" -> manifest(bytes);
            case "report.json" -> reportJson(bytes);
            case "report.txt" -> reportText(bytes);
            case "report.html" -> reportPage(bytes);
            default -> bytes;
        };
    }

    private static byte[] manifest(byte[] bytes) {
        ObjectNode manifest = (ObjectNode) JsonMapper.shared().readTree(bytes);
        for (String clock : new String[] {"started", "ended", "seconds", "steps_per_second", "performance", "seal"}) {
            manifest.remove(clock);
        }
        manifest.get("files").forEach(file -> {
            if (file.get("path").asString().startsWith("report.")) {
                ((ObjectNode) file).remove("bytes");
                ((ObjectNode) file).remove("sha256");
            }
        });
        return manifest.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] reportJson(byte[] bytes) {
        ObjectNode report = (ObjectNode) JsonMapper.shared().readTree(bytes);
        report.remove("throughput");
        ((ObjectNode) report.get("provenance")).remove("started");
        return report.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] reportText(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("training  ")
                        && !line.startsWith("started  ")
                        && !line.startsWith("steps per second  "))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The page shows the clock's figures where the text does, and holds report.json. */
    private static byte[] reportPage(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("<tr><th scope=\"row\">steps per second</th>.*?</tr>", "")
                .replaceAll("<dt>(training|started)</dt><dd>.*?</dd>", "")
                .replaceFirst("\"throughput\":\\{[^}]*}", "")
                .replaceFirst("\"started\":\"[^\"]*\"", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What differs, in words; empty if nothing does. */
    String difference(Snapshot other) {
        SortedMap<String, String> differences = new TreeMap<>();
        files.keySet().stream()
                .filter(name -> !other.files.containsKey(name))
                .forEach(name -> differences.put(name, "is missing"));
        other.files.keySet().stream()
                .filter(name -> !files.containsKey(name))
                .forEach(name -> differences.put(name, "is new"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] mine = file.getValue();
            byte[] theirs = other.files.getOrDefault(file.getKey(), mine);
            int at = Arrays.mismatch(mine, theirs);
            if (at >= 0) {
                differences.put(
                        file.getKey(), "differs at byte %d of %d and %d".formatted(at, mine.length, theirs.length));
            }
        }
        return differences.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
