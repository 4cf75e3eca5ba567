package org.lilgatsby.spark;

import java.io.Serializable;

/**
 * What comes back from an executor.
 *
 * @param row content of {@code run.json}; null if the run was stopped on request
 * @param series content of {@code series.csv}; null where it is not kept, or in the store already
 */
record RunResult(byte[] row, byte[] series) implements Serializable {
    static final RunResult STOPPED = new RunResult(null, null);
}
