package org.lilgatsby.config;

import java.util.List;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.recording.Manifest;
import tools.jackson.databind.node.ObjectNode;

/**
 * The identity of a run and all that it writes: equal keys are equal recordings, bit for bit. It is the SHA-256 of a
 * JSON text: an array of the arithmetic's version, the corpus's SHA-256, and the resolved configuration with the keys
 * of the YAML, in their order. Settings that cannot change a number are left out: {@code name}, {@code title}, what
 * names the corpus, such as {@code corpus.source}, a path, and {@code initialization.file}, whose SHA-256 is in the key
 * instead. Runs that differ only in how they are recorded share a {@link ResultKey}.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
public record RunKey(String sha256) {
    private static final List<String> LABELS = List.of("name", "title");
    /** The corpus's hash tells what they decide. */
    private static final List<String> OF_THE_CORPUS =
            List.of("source", "tokenizer", "train", "tokens", "tensor", "format", "renumber", "end_token", "dead");

    private static final int SHORT = 8;

    /**
     * The key of a run.
     *
     * @param config its resolved configuration
     * @param corpusSha256 SHA-256 of the prepared corpus, in hexadecimal
     * @param arithmetic version of the arithmetic that computes it
     */
    public static RunKey of(ExperimentConfig config, String corpusSha256, int arithmetic) {
        return of(settings(config), corpusSha256, arithmetic);
    }

    /** As above, of what {@link #settings} gives. */
    static RunKey of(ObjectNode settings, String corpusSha256, int arithmetic) {
        return new RunKey(ResultKey.hash(arithmetic, corpusSha256, settings));
    }

    /** The settings that can change a number: the resolved configuration without the rest. */
    public static ObjectNode settings(ExperimentConfig config) {
        ObjectNode settings = ConfigYaml.toJson(config);
        settings.remove(LABELS);
        ((ObjectNode) settings.get("corpus")).remove(OF_THE_CORPUS);
        ((ObjectNode) settings.get("initialization")).remove("file");
        return settings;
    }

    /**
     * A directory name that no other run shares: {@code NAME-seed-SEED} for an unchanged built-in experiment on the
     * synthetic corpus; otherwise the same followed by the first digits of the key.
     */
    public static String directoryName(ExperimentConfig config, Corpus corpus) {
        String plain = config.name() + "-seed-" + config.seed();
        RunKey key = of(config, corpus.sha256(), Manifest.ARITHMETIC);
        boolean asItComes = corpus.isSynthetic()
                && BuiltIn.names().contains(config.name())
                && key.equals(of(
                        BuiltIn.load(config.name(), List.of("seed=" + config.seed())),
                        corpus.sha256(),
                        Manifest.ARITHMETIC));
        return asItComes ? plain : plain + "-" + key.shortened();
    }

    /** The first 8 digits. */
    public String shortened() {
        return sha256.substring(0, SHORT);
    }
}
