package org.lilgatsby.sweep.execution;

import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.run.RunOptions;

/** A kind of cluster, found as a service by programs that have it on their class path. */
public interface Cluster {
    /** Its name for messages, such as {@code Apache Spark}. */
    String name();

    /**
     * An execution on a cluster.
     *
     * @param master its address, such as {@code spark://host:7077}
     * @param corpora source of the texts, on this machine
     * @param options how each run is carried out
     * @throws org.lilgatsby.settings.SettingException if the address cannot be used
     */
    Execution on(String master, Corpora corpora, RunOptions options);
}
