package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.recording.Manifest;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code run.json}: what a store holds of a run. Two runs of one key differ only in program, machine, start and
 * seconds.
 *
 * @param schema version of this file's layout
 * @param key identity of the results, 64 hexadecimal digits
 * @param arithmetic version of the arithmetic that computed them
 * @param program version of the program
 * @param machine what it ran on
 * @param experiment name of the experiment
 * @param corpusSha256 SHA-256 of the prepared corpus, hexadecimal
 * @param configuration resolved and complete, with the keys of {@code config.yaml}
 * @param state how it ended
 * @param reason of a failure, one line; null for a completed run
 * @param started when the run began
 * @param seconds wall-clock seconds that it took
 * @param figures by their names in {@code report.json}, with dots between the levels; NaN for one that is undefined
 */
public record StoredRun(
        int schema,
        String key,
        int arithmetic,
        String program,
        Manifest.Machine machine,
        String experiment,
        String corpusSha256,
        ObjectNode configuration,
        State state,
        String reason,
        Instant started,
        double seconds,
        Map<String, Double> figures) {
    /** Layout that this version writes. */
    public static final int SCHEMA = 1;

    /** How a run ended. */
    public enum State {
        /** All steps done; its figures are final. */
        DONE,
        /** Ended before its last step. */
        FAILED
    }

    /** @throws IllegalArgumentException if a part is missing, or parts do not fit together */
    public StoredRun {
        require(ResultKey.isKey(key), "key is not 64 lower-case hexadecimal digits");
        require(
                program != null
                        && machine != null
                        && experiment != null
                        && corpusSha256 != null
                        && configuration != null
                        && state != null
                        && started != null
                        && figures != null,
                "program, machine, experiment, corpus_sha256, configuration, state, started or figures is missing");
        require((state == State.FAILED) == (reason != null), "a run has a reason if it failed, and only then");
        require(seconds >= 0 && Double.isFinite(seconds), "seconds is negative or not finite");
        Map<String, Double> copy = new LinkedHashMap<>();
        figures.forEach((name, value) -> copy.put(name, value == null || !Double.isFinite(value) ? Double.NaN : value));
        figures = Collections.unmodifiableMap(copy);
    }

    /** The content of {@code run.json}. */
    public byte[] toJson() {
        return StoredRunFile.bytes(this);
    }

    /**
     * Reads the content of {@code run.json}, and checks that the key is that of the configuration.
     *
     * @param origin what messages call it
     * @throws IOException if it is not a run that this version understands
     */
    public static StoredRun parse(byte[] json, Path origin) throws IOException {
        return StoredRunFile.parse(json, origin);
    }

    /** The key as an object. */
    ResultKey resultKey() {
        return new ResultKey(key);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
