package org.lilgatsby.spark;

import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.execution.Cluster;
import org.lilgatsby.sweep.execution.Execution;

/** Apache Spark as a place for sweeps. */
public final class SparkCluster implements Cluster {
    @Override
    public String name() {
        return "Apache Spark";
    }

    @Override
    public Execution on(String master, Corpora corpora, RunOptions options) {
        if (master.isBlank()) {
            throw new SettingException("--on", "--on is empty; name a master, such as spark://HOST:7077 or local[2]");
        }
        return new SparkExecution(master.strip(), corpora, options);
    }
}
