package org.lilgatsby.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.benchmark.Measurement;

/**
 * Runs the project and another program alternately, each in a separate process on the same processors, and prints the
 * ratio of medians: {@code AgainstPeer KERNELS ROUNDS BATCHES THREADS COMMAND...}, for example {@code AgainstPeer bf16
 * 3 1,8,32 1,2 peer/run.sh corpus=FILE prec=bf16 attn=mma lin=addmm opt=fused warm=30 steps=50 reps=3}. The peer gets
 * {@code batch=}, {@code threads=} and {@code cpus=} appended, and this JVM's java first in its path; it must print
 * {@code wall median N} and {@code cpu-time median N} in steps per second, the latter for its first thread alone. Odd
 * rounds begin with the project, even ones with the peer.
 */
public final class AgainstPeer {
    private static final Pattern WALL = Pattern.compile("wall median ([0-9.]+)");
    private static final Pattern PROCESSOR = Pattern.compile("cpu-time median ([0-9.]+)");

    private AgainstPeer() {}

    /** Steps per second of one run. */
    private record Rate(double wall, double processor) {}

    public static void main(String[] arguments) {
        if (arguments.length < 5) {
            System.err.println("usage: AgainstPeer KERNELS ROUNDS BATCHES THREADS COMMAND..., for example bf16 3 1,8,32"
                    + " 1,2 peer/run.sh corpus=FILE");
            System.exit(2);
        }
        String kernels = arguments[0];
        int rounds = Integer.parseInt(arguments[1]);
        List<String> peer = List.of(arguments).subList(4, arguments.length);
        print(
                "%-8s%-8s%12s%12s%12s%16s%16s%12s",
                "batch", "threads", "steps/s", "peer", "ratio", "per cpu second", "peer", "ratio");
        for (String threads : arguments[3].split(",")) {
            for (String batch : arguments[2].split(",")) {
                compare(kernels, rounds, batch, threads, peer);
            }
        }
    }

    private static void compare(String kernels, int rounds, String batch, String threads, List<String> peer) {
        String cpus = threads.equals("1") ? "0" : "0-" + (Integer.parseInt(threads) - 1);
        List<String> theirs = new ArrayList<>(peer);
        theirs.addAll(List.of("batch=" + batch, "threads=" + threads, "cpus=" + cpus));
        List<String> ours = new ArrayList<>(List.of(
                "taskset", "-c", cpus, ProcessHandle.current().info().command().orElse("java")));
        ours.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        ours.addAll(List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Steps.class.getName(),
                kernels,
                batch,
                threads));
        List<Rate> us = new ArrayList<>();
        List<Rate> them = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                us.add(run(ours));
                them.add(run(theirs));
            } else {
                them.add(run(theirs));
                us.add(run(ours));
            }
        }
        double wall = Measurement.median(us.stream().mapToDouble(Rate::wall).toArray());
        double peerWall =
                Measurement.median(them.stream().mapToDouble(Rate::wall).toArray());
        double processor =
                Measurement.median(us.stream().mapToDouble(Rate::processor).toArray());
        double peerProcessor =
                Measurement.median(them.stream().mapToDouble(Rate::processor).toArray());
        print(
                "%-8s%-8s%12.1f%12.1f%12.2f%16.1f%16.1f%12.2f",
                batch, threads, wall, peerWall, wall / peerWall, processor, peerProcessor, processor / peerProcessor);
    }

    private static Rate run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            String java = Path.of(System.getProperty("java.home"), "bin").toString();
            builder.environment().merge("PATH", java, (path, first) -> first + File.pathSeparator + path);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes());
            int code = process.waitFor();
            Matcher wall = WALL.matcher(output);
            Matcher processor = PROCESSOR.matcher(output);
            if (code != 0 || !wall.find() || !processor.find()) {
                throw new IllegalStateException(
                        "%s ended with exit code %d and printed: %s".formatted(command, code, output));
            }
            return new Rate(Double.parseDouble(wall.group(1)), Double.parseDouble(processor.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
