package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lilgatsby.files.JsonFile;
import org.lilgatsby.recording.RunDirectory;

/**
 * Figures of a finished run, from its {@code report.json}. What is unknown is null.
 *
 * @param loss of the last step in nats
 * @param distinctDead distinct rows among the dead tokens at the end
 * @param blackHoles black holes among them
 * @param verdict the verdict as it stands there
 */
public record ReportedFigures(Double loss, Integer distinctDead, Integer blackHoles, Map<String, Object> verdict) {
    /** Nothing is known. */
    public static final ReportedFigures NONE = new ReportedFigures(null, null, null, null);

    private static final long LARGEST = 64L << 20;

    /** Reads them; a report that is missing or cannot be read says nothing. */
    public static ReportedFigures of(RunDirectory directory) {
        if (!Files.isRegularFile(directory.reportJson(), LinkOption.NOFOLLOW_LINKS)) {
            return NONE;
        }
        try {
            Map<?, ?> report = JsonFile.read(
                    directory.reportJson(),
                    LARGEST,
                    (file, problem, cause) -> new IOException(file + ": " + problem, cause),
                    json -> json.value("the report") instanceof Map<?, ?> members ? members : Map.of());
            Map<?, ?> dead = members(members(report, "final"), "dead");
            return new ReportedFigures(
                    report.get("last_loss") instanceof Number number ? number.doubleValue() : null,
                    count(dead, "distinct"),
                    count(dead, "black_holes"),
                    verdict(report));
        } catch (IOException e) {
            return NONE;
        }
    }

    private static Map<?, ?> members(Map<?, ?> of, String name) {
        return of.get(name) instanceof Map<?, ?> found ? found : Map.of();
    }

    private static Integer count(Map<?, ?> of, String name) {
        return of.get(name) instanceof Long number && number <= Integer.MAX_VALUE ? number.intValue() : null;
    }

    private static Map<String, Object> verdict(Map<?, ?> report) {
        if (!(report.get("verdict") instanceof Map<?, ?> found)) {
            return null;
        }
        Map<String, Object> verdict = new LinkedHashMap<>();
        found.forEach((key, value) -> verdict.put(key.toString(), value));
        return verdict;
    }
}
