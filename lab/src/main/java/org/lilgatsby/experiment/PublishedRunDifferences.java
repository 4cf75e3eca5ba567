package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest;

/**
 * How a repetition differs from the published run: in its text and its seed. It tells readers which figures cannot
 * agree. A run that differs in more is not a repetition and is not compared.
 */
final class PublishedRunDifferences {
    private PublishedRunDifferences() {}

    /** @param sha256 of the published corpus */
    static List<String> of(ExperimentConfig config, Manifest.CorpusFacts corpus, String sha256) {
        List<String> found = new ArrayList<>();
        if (!corpus.sha256().equals(sha256)) {
            found.add("the corpus is %s, not the published one"
                    .formatted(corpus.synthetic() ? "the built-in synthetic text" : corpus.name()));
        }
        long published = BuiltIn.load(config.conclusion(), List.of()).seed();
        if (config.seed() != published) {
            found.add("seed is %d, published %d".formatted(config.seed(), published));
        }
        return found;
    }
}
