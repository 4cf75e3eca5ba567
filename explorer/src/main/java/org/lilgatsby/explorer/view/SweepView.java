package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lilgatsby.explorer.library.Library;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.library.SweepTable;
import org.lilgatsby.files.JsonFile;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.SweepDirectory;
import org.lilgatsby.sweep.findings.SweepReports;

/**
 * A sweep.
 *
 * @param varied the settings that vary
 * @param report its own report.json; null while there is none
 * @param runs a row of its runs.csv each
 * @param keepsRecordings whether it keeps recordings of its runs
 * @param store the directory that its file names as the store of its runs; null if it names none
 * @param storeServed whether that directory lies below those that the explorer was given
 */
public record SweepView(
        String id,
        String name,
        String title,
        String path,
        List<String> varied,
        Object report,
        List<Run> runs,
        boolean keepsRecordings,
        String store,
        boolean storeServed) {
    private static final long LARGEST_REPORT = 64L << 20;

    /** Its parent is the folder of the run's key in the store. */
    private static final String KEY = "key";

    /**
     * A run of the sweep.
     *
     * @param item its id in the list, if its recording was kept and lies below the directories; null otherwise
     * @param point the columns of runs.csv, by their names
     */
    public record Run(String item, Map<String, String> point) {}

    /**
     * Reads a sweep.
     *
     * @throws IOException if a file cannot be read
     */
    public static SweepView of(Place place, Library library) throws IOException {
        SweepDirectory directory = new SweepDirectory(place.path());
        Sweep sweep = directory.sweep();
        return new SweepView(
                place.id(),
                sweep.name(),
                sweep.title(),
                place.shown(),
                sweep.varied(),
                report(directory.root().resolve(SweepReports.JSON)),
                runs(directory.runs(), library),
                sweep.keep() == Keep.RECORDING,
                sweep.store().map(store -> shown(store).toString()).orElse(null),
                sweep.store().filter(store -> library.serves(shown(store))).isPresent());
    }

    private static Path shown(Path store) {
        return store.toAbsolutePath().normalize();
    }

    private static Object report(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? JsonFile.read(
                        file,
                        LARGEST_REPORT,
                        (path, problem, cause) -> new IOException(path + ": " + problem, cause),
                        json -> json.value("the report"))
                : null;
    }

    private static List<Run> runs(Path file, Library library) throws IOException {
        Map<String, String> byKey = library.runsByFolder();
        return SweepTable.read(file).stream()
                .map(point -> new Run(byKey.get(point.getOrDefault(KEY, "")), point))
                .toList();
    }
}
