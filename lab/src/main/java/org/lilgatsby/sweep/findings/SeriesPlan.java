package org.lilgatsby.sweep.findings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.SeriesFile;

/**
 * Which steps and figures of the runs' series are looked at, so that neither memory nor time grows without bound.
 *
 * @param files for each run, its series; empty if none was kept
 * @param columns the figures that a run has, each once
 * @param steps at which all figures are described, ascending
 * @param recordedSteps number of different steps that were recorded
 * @param bytes the most memory that values of runs will occupy at one time
 */
record SeriesPlan(List<Optional<Path>> files, List<String> columns, int[] steps, int recordedSteps, long bytes) {
    /** The most steps. */
    static final int MOST_STEPS = 256;

    /** Bytes of values of a group's runs that may be held at one time. */
    static final long ROOM = 128_000_000;

    /** The most statistics: groups times figures times steps. */
    private static final long MOST_STATISTICS = 65_536;

    /** Runs that record the same steps. */
    private record Length(int steps, StepChoice recorded) {
        static Length of(ExperimentConfig config) {
            return new Length(config.training().steps(), config.recording().steps());
        }
    }

    /**
     * Looks at the first lines of all series, and at all steps of one run of each length.
     *
     * @param groups the groups' runs
     * @return empty if no run has a series
     * @throws IOException if a series cannot be read
     */
    static Optional<SeriesPlan> of(List<RunTable.Row> rows, List<Cell> groups) throws IOException {
        List<Optional<Path>> files = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        Map<Length, Path> lengths = new LinkedHashMap<>();
        for (RunTable.Row row : rows) {
            Optional<Path> file = row.directory()
                    .map(directory -> directory.resolve(SeriesFile.NAME))
                    .filter(Files::exists);
            files.add(file);
            if (file.isPresent()) {
                columns.addAll(SeriesFile.figures(file.get()));
                lengths.putIfAbsent(Length.of(row.point().config()), file.get());
            }
        }
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<Integer> recorded = new TreeSet<>();
        for (Path file : lengths.values()) {
            SeriesFile.read(file, (step, _) -> recorded.add(step));
        }
        long runs = groups.stream()
                .mapToLong(group -> IntStream.range(0, group.size())
                        .filter(i -> files.get(group.run(i)).isPresent())
                        .count())
                .max()
                .orElse(0);
        long bytesAStep = Double.BYTES * runs * columns.size();
        long most = Math.min(ROOM / bytesAStep, MOST_STATISTICS / ((long) groups.size() * columns.size()));
        int[] steps =
                evenly(recorded.stream().mapToInt(Integer::intValue).toArray(), (int) Math.clamp(most, 2, MOST_STEPS));
        return Optional.of(new SeriesPlan(
                List.copyOf(files), List.copyOf(columns), steps, recorded.size(), bytesAStep * steps.length));
    }

    /** At most so many of some numbers, at equal distances as far as whole places allow, both ends among them. */
    static int[] evenly(int[] all, int most) {
        if (all.length <= most) {
            return all;
        }
        return IntStream.range(0, most)
                .map(i -> all[(int) Math.round((double) i * (all.length - 1) / (most - 1))])
                .toArray();
    }
}
