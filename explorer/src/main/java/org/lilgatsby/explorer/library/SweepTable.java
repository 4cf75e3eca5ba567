package org.lilgatsby.explorer.library;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs.csv of a sweep, which is written at its end. */
public final class SweepTable {
    private static final int MOST_RUNS = 20_000;
    private static final int LONGEST_LINE = 1 << 16;

    private SweepTable() {}

    /**
     * The columns of each run by their names, of at most 20,000 runs; none if there is no such file.
     *
     * @throws IOException if it cannot be read, or has a line that is too long
     */
    public static List<Map<String, String>> read(Path file) throws IOException {
        List<Map<String, String>> runs = new ArrayList<>();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return runs;
        }
        try (BufferedReader in = Files.newBufferedReader(file)) {
            List<String> names = null;
            for (String line = in.readLine(); line != null && runs.size() < MOST_RUNS; line = in.readLine()) {
                if (line.length() > LONGEST_LINE) {
                    throw new IOException(file + ": has a line of " + line.length() + " characters");
                }
                List<String> cells = cells(line);
                if (names == null) {
                    names = cells;
                } else {
                    Map<String, String> run = new LinkedHashMap<>();
                    for (int i = 0; i < Math.min(names.size(), cells.size()); i++) {
                        run.put(names.get(i), cells.get(i));
                    }
                    runs.add(run);
                }
            }
        }
        return runs;
    }

    /** What the table says of the sweep as a whole, in the words of a run's status. */
    static String status(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "no tables";
        }
        boolean failed = false;
        boolean missing = false;
        for (Map<String, String> run : read(file)) {
            String state = run.getOrDefault("state", "done");
            failed |= state.equals("failed");
            missing |= state.equals("missing");
        }
        return failed ? "failed" : missing ? "interrupted" : "complete";
    }

    /** The cells of a line; one in quotation marks may hold commas, and quotation marks doubled. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
