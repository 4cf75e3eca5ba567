package org.lilgatsby.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.recording.Checksums;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;

/**
 * Seals a run: computes the sums of its tensors, and writes the length and SHA-256 of every file and the state complete
 * into its manifest.
 */
public final class Sealing {
    /** Not sealed: the manifest itself, and the lock of the process that seals. */
    private static final Set<String> LEFT_OUT = Set.of("manifest.json", "run.lock");

    private Sealing() {}

    /** Seals a run whose files are all written. They are on the disk before the manifest says so. */
    public static void seal(RunDirectory directory) throws IOException {
        try (RunArchive run = RunArchive.open(directory)) {
            Checksums.of(directory, run.recording()).write(directory.checksums());
        }
        Manifest open = ManifestFile.read(directory.manifest());
        force(directory);
        ManifestFile.write(directory.manifest(), sealed(open, Instant.now(), files(directory)));
    }

    /**
     * Seals rewritten files of a run again; the seal of the others does not change. A run without a seal is left alone.
     */
    public static void renew(RunDirectory directory, List<Path> renewed) throws IOException {
        Manifest manifest = ManifestFile.read(directory.manifest());
        if (manifest.state() != Manifest.State.COMPLETE) {
            return;
        }
        SortedMap<String, Manifest.FileFact> facts = new TreeMap<>();
        manifest.files().forEach(fact -> facts.put(fact.path(), fact));
        for (Path file : renewed) {
            DurableFiles.force(file);
            Manifest.FileFact fact = fact(directory, file);
            facts.put(fact.path(), fact);
        }
        ManifestFile.write(directory.manifest(), sealed(manifest, manifest.ended(), List.copyOf(facts.values())));
    }

    private static Manifest sealed(Manifest open, Instant ended, List<Manifest.FileFact> files) {
        return new Manifest(
                open.schema(),
                open.program(),
                open.arithmetic(),
                open.key(),
                open.machine(),
                open.corpus(),
                Manifest.State.COMPLETE,
                open.completedSteps(),
                open.parameters(),
                open.started(),
                ended,
                open.seconds(),
                open.stepsPerSecond(),
                open.performance(),
                files);
    }

    private static void force(RunDirectory directory) throws IOException {
        for (Path file : sealed(directory)) {
            DurableFiles.force(file);
        }
        try (var walk = Files.walk(directory.root())) {
            for (Path folder : walk.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                DurableFiles.forceDirectory(folder);
            }
        }
    }

    /** Every file of the run with its length and SHA-256, sorted by path. */
    public static List<Manifest.FileFact> files(RunDirectory directory) throws IOException {
        List<Manifest.FileFact> facts = new ArrayList<>();
        for (Path file : sealed(directory)) {
            facts.add(fact(directory, file));
        }
        return List.copyOf(facts);
    }

    /**
     * The files to seal, sorted. The lock is not among them, since closing it would release it: see {@link RunLock}.
     */
    private static List<Path> sealed(RunDirectory directory) throws IOException {
        try (var walk = Files.walk(directory.root())) {
            return walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> covers(directory, file))
                    .sorted()
                    .toList();
        }
    }

    /** Whether a seal may name a file. */
    static boolean covers(RunDirectory directory, Path file) {
        return !LEFT_OUT.contains(path(directory, file));
    }

    private static Manifest.FileFact fact(RunDirectory directory, Path file) throws IOException {
        return new Manifest.FileFact(path(directory, file), Files.size(file), Sha256.of(file));
    }

    private static String path(RunDirectory directory, Path file) {
        return directory.root().relativize(file).toString().replace('\\', '/');
    }
}
