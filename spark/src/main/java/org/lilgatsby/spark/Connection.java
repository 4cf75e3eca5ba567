package org.lilgatsby.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.util.LongAccumulator;
import org.lilgatsby.settings.SettingException;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * A connection to a cluster. Each task is a job of its own, so that one which Spark gives up takes no other with it.
 * Tasks begin in the order in which they were submitted, as executors have room.
 */
final class Connection implements AutoCloseable {
    private static final Seq<Object> ONLY_PARTITION =
            CollectionConverters.asScala(List.<Object>of(0)).toSeq();
    /** More than Spark's 4: every run on an executor that dies has failed once, whichever of them was to blame. */
    private static final String ATTEMPTS = "8";

    private static final String NUMBER = "lilgatsby.task";
    private static final String COUNTER = "lilgatsby.counter";

    private final JavaSparkContext context;
    private final UnderWay underWay = new UnderWay();

    private Connection(JavaSparkContext context) {
        this.context = context;
        context.sc().addSparkListener(underWay);
    }

    /** Something to do on an executor; what it holds travels there. */
    interface Task<R extends Serializable> extends Serializable {
        /** @throws IOException if this executor cannot do it; Spark tries another */
        R call() throws IOException;
    }

    /** Progress of tasks. Called on a thread of Spark's. */
    interface Progress {
        /** An executor began a task, for the first time or again. */
        void began(int task);

        /** A counter's value in a task under way, now and then. */
        void counted(int task, long value);
    }

    /**
     * Connects. Settings of Spark are taken from system properties, such as {@code spark.executor.memory}; spark-submit
     * sets them too.
     *
     * @param master a URL as Spark takes it
     * @param name what the cluster's pages call the application
     * @param jars what executors need beside Spark
     * @throws SettingException if this is no URL of a master that this Spark knows
     * @throws IOException if the master cannot be reached
     */
    static Connection connect(String master, String name, List<Path> jars) throws IOException {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .setIfMissing("spark.app.name", name)
                .setIfMissing("spark.task.maxFailures", ATTEMPTS)
                .setIfMissing("spark.ui.enabled", "false")
                .set("spark.ui.showConsoleProgress", "false");
        conf.set(
                "spark.executor.extraJavaOptions", ExecutorFlags.with(conf.get("spark.executor.extraJavaOptions", "")));
        if (!isLocal(master)) {
            conf.set("spark.jars", jars(conf.get("spark.jars", ""), jars));
        }
        try {
            return new Connection(new JavaSparkContext(conf));
        } catch (RuntimeException e) {
            throw refused(master, e);
        } catch (Exception e) {
            // Spark's checked exceptions are not declared.
            throw refused(master, e);
        }
    }

    private static IOException refused(String master, Exception cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof SparkException && message.contains("Master URL")) {
            throw new SettingException(
                    "--on",
                    ("--on is %s, which is not a master that this Spark knows; use spark://HOST:PORT or local[N]; "
                                    + "yarn and k8s://… need Spark's own distribution and spark-submit")
                            .formatted(master));
        }
        return new IOException(
                "%s: cannot connect (%s); check that the master is up and can reach this machine"
                        .formatted(master, firstLine(message)),
                cause);
    }

    /** Whether tasks are carried out in this process. */
    private static boolean isLocal(String master) {
        return master.equals("local") || master.startsWith("local[");
    }

    private static String jars(String given, List<Path> own) {
        return Stream.concat(
                        Stream.of(given.split(",")).filter(jar -> !jar.isBlank()),
                        own.stream()
                                .filter(jar -> !given.contains(jar.getFileName().toString()))
                                .map(jar -> jar.toUri().toString()))
                .collect(Collectors.joining(","));
    }

    /** Sends a value to each executor once. */
    <T> Broadcast<T> share(T value) {
        return context.broadcast(value);
    }

    /** A counter to which tasks add. */
    LongAccumulator counter() {
        return context.sc().longAccumulator(COUNTER);
    }

    /** Reports the progress of tasks from now on. */
    void report(Progress progress) {
        context.sc().addSparkListener(new Listener(progress));
    }

    /** Number of tasks that the executors of this moment carry out at once; at least 1. */
    int room() {
        return Math.max(1, context.defaultParallelism());
    }

    /**
     * Submits a task. Returns at once.
     *
     * @param number by which progress is reported
     * @param ended called once, on a thread of Spark's, which it must not hold up: with the result, or null and the
     *     reason why Spark gave the task up
     */
    <R extends Serializable> void submit(int number, Task<R> task, BiConsumer<R, Throwable> ended) {
        context.setLocalProperty(NUMBER, Integer.toString(number));
        AtomicReference<R> result = new AtomicReference<>();
        // Spark computes something of each part of a data set. Jobs on one data set would fail together.
        RDD<Integer> one = context.parallelize(List.of(0), 1).rdd();
        context.sc()
                .submitJob(one, new Call<>(task), ONLY_PARTITION, new Receive<>(result), new Get<>(result))
                .onComplete(new Report<>(ended), ExecutionContext.fromExecutor(Runnable::run));
    }

    /** Ends all tasks; those that are under way learn of it from their context. Returns at once. */
    void cancel() {
        context.cancelAllJobs();
    }

    /** Whether no executor is at a task any more, and none will be unless another task is submitted. */
    boolean isQuiet() {
        return underWay.jobs.isEmpty() && underWay.tasks.isEmpty();
    }

    /** Whether the connection is over: the master has dismissed the application, or cannot be reached any more. */
    boolean isOver() {
        return context.sc().isStopped();
    }

    @Override
    public void close() {
        context.stop();
    }

    static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    private static final class Call<R extends Serializable> extends AbstractFunction1<Iterator<Integer>, R>
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        private final Task<R> task;

        Call(Task<R> task) {
            this.task = task;
        }

        @Override
        public R apply(Iterator<Integer> one) {
            try {
                return task.call();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Receive<R> extends AbstractFunction2<Object, R, BoxedUnit> {
        private final AtomicReference<R> result;

        Receive(AtomicReference<R> result) {
            this.result = result;
        }

        @Override
        public BoxedUnit apply(Object partition, R value) {
            result.set(value);
            return BoxedUnit.UNIT;
        }
    }

    private static final class Get<R> extends AbstractFunction0<R> {
        private final AtomicReference<R> result;

        Get(AtomicReference<R> result) {
            this.result = result;
        }

        @Override
        public R apply() {
            return result.get();
        }
    }

    private static final class Report<R> extends AbstractFunction1<Try<R>, BoxedUnit> {
        private final BiConsumer<R, Throwable> ended;

        Report(BiConsumer<R, Throwable> ended) {
            this.ended = ended;
        }

        @Override
        public BoxedUnit apply(Try<R> end) {
            if (end.isSuccess()) {
                ended.accept(end.get(), null);
            } else {
                ended.accept(null, end.failed().get());
            }
            return BoxedUnit.UNIT;
        }
    }

    /** Jobs that have not ended, and attempts at tasks that executors are at, as far as Spark has said so. */
    private static final class UnderWay extends SparkListener {
        private final Set<Integer> jobs = ConcurrentHashMap.newKeySet();
        private final Set<Long> tasks = ConcurrentHashMap.newKeySet();

        @Override
        public void onJobStart(SparkListenerJobStart event) {
            jobs.add(event.jobId());
        }

        @Override
        public void onTaskStart(SparkListenerTaskStart event) {
            tasks.add(event.taskInfo().taskId());
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd event) {
            tasks.remove(event.taskInfo().taskId());
        }

        @Override
        public void onJobEnd(SparkListenerJobEnd event) {
            jobs.remove(event.jobId());
        }
    }

    private static final class Listener extends SparkListener {
        private final Progress progress;
        private final Map<Integer, Integer> tasks = new ConcurrentHashMap<>();

        Listener(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted event) {
            tasks.put(
                    event.stageInfo().stageId(),
                    Integer.valueOf(event.properties().getProperty(NUMBER)));
        }

        @Override
        public void onStageCompleted(SparkListenerStageCompleted event) {
            tasks.remove(event.stageInfo().stageId());
        }

        @Override
        public void onTaskStart(SparkListenerTaskStart event) {
            Integer task = tasks.get(event.stageId());
            if (task != null) {
                progress.began(task);
            }
        }

        @Override
        public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
            for (var update : CollectionConverters.asJava(event.accumUpdates())) {
                Integer task = tasks.get((Integer) update._2());
                for (AccumulableInfo counter : CollectionConverters.asJava(update._4())) {
                    if (task != null
                            && counter.name().contains(COUNTER)
                            && counter.update().isDefined()) {
                        progress.counted(task, ((Number) counter.update().get()).longValue());
                    }
                }
            }
        }
    }
}
