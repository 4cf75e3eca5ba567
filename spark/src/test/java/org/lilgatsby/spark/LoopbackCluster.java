package org.lilgatsby.spark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spark's own standalone cluster: a master, and workers with one core each, as processes on the loopback address,
 * started from the jars that the build collects. Closing it ends them all.
 */
final class LoopbackCluster implements AutoCloseable {
    private static final Path HOME = Path.of("target", "home").toAbsolutePath();
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern MASTER_UP = Pattern.compile(".*Starting Spark master at (spark://\\S+)");
    private static final Pattern MASTER_ELECTED = Pattern.compile(".*New state: (ALIVE).*");
    private static final Pattern WORKER_UP = Pattern.compile(".*Successfully registered with master (\\S+)");

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<Started> workers = new ArrayList<>();
    private final String url;

    /**
     * Returns when the master knows all workers.
     *
     * @param folder for logs and the work of executors
     */
    LoopbackCluster(Path folder, int workers) throws IOException {
        this.folder = Files.createDirectories(folder);
        try {
            Started master = start("master", "org.apache.spark.deploy.master.Master", List.of("--port", "0"));
            url = master.await(MASTER_UP);
            master.await(MASTER_ELECTED);
            for (int i = 1; i <= workers; i++) {
                List<String> arguments = List.of(
                        "--port",
                        "0",
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--work-dir",
                        folder.resolve("work-" + i).toString(),
                        url);
                Started worker = start("worker-" + i, "org.apache.spark.deploy.worker.Worker", arguments);
                this.workers.add(worker);
                worker.await(WORKER_UP);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The master's address. */
    String url() {
        return url;
    }

    /** Ends a worker and its executor like a power cut. Spark blames no task for it. */
    void killWorker(String executor) throws InterruptedException {
        Process worker = workerOf(executor);
        List<ProcessHandle> executors = worker.descendants().toList();
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        worker.waitFor();
    }

    /** Ends all executors, as running out of memory would; workers start others. Spark blames their tasks for it. */
    void killExecutors() {
        workers.forEach(worker -> worker.process().descendants().forEach(ProcessHandle::destroyForcibly));
    }

    private Process workerOf(String executor) {
        Pattern launched = Pattern.compile(".*Asked to launch executor \\S+/" + executor + " for .*");
        return workers.stream()
                .filter(each -> each.said(launched))
                .findFirst()
                .orElseThrow()
                .process();
    }

    private Started start(String name, String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "@" + Path.of("java.options").toAbsolutePath(),
                "-cp",
                HOME.resolve("jars") + "/*",
                main,
                "--host",
                LOOPBACK,
                "--webui-port",
                "0"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", HOME.toString());
        builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
        builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        processes.add(process);
        return new Started(process, folder.resolve(name + ".log"));
    }

    @Override
    public void close() {
        for (Process process : processes.reversed()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            children.forEach(child -> child.onExit().join());
            process.onExit().join();
        }
    }

    /** A process whose output is awaited, and kept in a file. */
    private static final class Started {
        private final Process process;
        private final List<String> lines = new ArrayList<>();
        private final CompletableFuture<Void> ended;
        private int read;

        Started(Process process, Path log) {
            this.process = process;
            this.ended = CompletableFuture.runAsync(
                    () -> drain(log), task -> Thread.ofPlatform().daemon().start(task));
        }

        Process process() {
            return process;
        }

        boolean said(Pattern pattern) {
            synchronized (lines) {
                return lines.stream().anyMatch(pattern.asMatchPredicate());
            }
        }

        private void drain(Path log) {
            try (BufferedReader in = process.inputReader();
                    BufferedWriter out = Files.newBufferedWriter(log)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    out.write(line);
                    out.newLine();
                    out.flush();
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                synchronized (lines) {
                    lines.notifyAll();
                }
            }
        }

        /** The group of a pattern in the first line from the last one awaited that matches it. */
        String await(Pattern pattern) throws IOException {
            synchronized (lines) {
                while (true) {
                    while (read < lines.size()) {
                        Matcher line = pattern.matcher(lines.get(read++));
                        if (line.matches()) {
                            return line.group(1);
                        }
                    }
                    if (!process.isAlive() && ended.isDone()) {
                        throw new IOException("the process has ended: " + String.join("\n", lines));
                    }
                    try {
                        lines.wait();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            }
        }
    }
}
