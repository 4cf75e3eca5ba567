package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The tables of a sweep as tests compare them. */
public final class SweepTables {
    /** What differs between two executions of one sweep. */
    private static final Set<String> OF_THE_EXECUTION = Set.of("seconds", "machine");

    private SweepTables() {}

    /** A comma outside quotation marks. */
    private static final Pattern BETWEEN_CELLS = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    /** The lines of both tables, without seconds and machine. */
    public static List<String> of(Path sweep) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> runs = Files.readAllLines(sweep.resolve("runs.csv"));
        List<String> header = List.of(BETWEEN_CELLS.split(runs.getFirst(), -1));
        for (String line : runs) {
            String[] cells = BETWEEN_CELLS.split(line, -1);
            lines.add(String.join(
                    ",",
                    IntStream.range(0, cells.length)
                            .filter(i -> !OF_THE_EXECUTION.contains(header.get(i)))
                            .mapToObj(i -> cells[i])
                            .toList()));
        }
        lines.addAll(Files.readAllLines(sweep.resolve("series.csv")));
        return lines;
    }
}
