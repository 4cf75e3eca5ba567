package org.lilgatsby.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.execution.PointRunner;

/**
 * What all runs of a sweep need, sent to each executor once: the texts as they were prepared on the machine that began
 * the sweep, so that no executor has to find a file.
 */
final class Workshop implements Serializable {
    private final Map<String, Corpus> texts = new HashMap<>();
    private final RemoteOptions options;
    private final Keep keep;
    private final String store;
    private final int arithmetic;
    private transient PointRunner runner;

    /** @throws org.lilgatsby.corpus.CorpusException if a text cannot be used */
    Workshop(List<Point> points, Corpora corpora, RunOptions options, Store store, Keep keep) {
        Corpora once = corpora.keeping();
        for (Point point : points) {
            CorpusConfig config = point.config().corpus();
            int vocabulary = point.config().model().vocabulary();
            texts.computeIfAbsent(name(config, vocabulary), _ -> once.load(config, vocabulary));
        }
        this.options = RemoteOptions.of(options);
        this.keep = keep;
        this.store = store.root().toAbsolutePath().toString();
        this.arithmetic = store.arithmetic();
    }

    /** What is kept of each run. */
    Keep keep() {
        return keep;
    }

    /** The store, under the same path as on the machine that began the sweep. */
    Store store() {
        return Store.open(Path.of(store), arithmetic);
    }

    /** Version of the arithmetic of all runs. */
    int arithmetic() {
        return arithmetic;
    }

    /** The text of a configuration of the sweep. */
    Corpus text(CorpusConfig config, int vocabulary) {
        return texts.get(name(config, vocabulary));
    }

    /** What carries out runs in this process; the same for all of its tasks. */
    synchronized PointRunner runner() {
        if (runner == null) {
            runner = new PointRunner(this::text, options.here());
        }
        return runner;
    }

    private static String name(CorpusConfig config, int vocabulary) {
        return config + ", " + vocabulary + " ids";
    }
}
