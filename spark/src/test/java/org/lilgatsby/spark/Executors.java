package org.lilgatsby.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** What executors do, as Spark tells its listeners; named in {@code spark.extraListeners}. */
public final class Executors extends SparkListener {
    /** The executor of each task that began, in order. */
    static final BlockingQueue<String> BUSY = new LinkedBlockingQueue<>();

    /** The executors of tasks that were lost with them. */
    static final List<String> LOST = new ArrayList<>();

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        BUSY.add(event.taskInfo().executorId());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        if (event.reason() instanceof ExecutorLostFailure lost) {
            synchronized (LOST) {
                LOST.add(lost.execId());
            }
        }
    }
}
