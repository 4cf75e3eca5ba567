package org.lilgatsby.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.Sha256;
import org.lilgatsby.safetensors.DurableFiles;

/** Ends a run: writes the length and SHA-256 of every file into its manifest, and the state complete. */
public final class Sealing {
    /** Not sealed: the manifest itself, and the lock of the process that seals. */
    private static final Set<String> LEFT_OUT = Set.of("manifest.json", "run.lock");

    private Sealing() {}

    /** Seals a run whose files are all written. They are on the disk before the manifest says so. */
    public static void seal(RunDirectory directory) throws IOException {
        Manifest open = ManifestFile.read(directory.manifest());
        force(directory);
        ManifestFile.write(directory.manifest(), new Manifest(
                open.schema(), open.program(), open.arithmetic(), open.machine(), open.corpus(), Manifest.State.COMPLETE,
                open.completedSteps(), open.parameters(), open.started(), Instant.now(), open.seconds(),
                open.stepsPerSecond(), files(directory)));
    }

    private static void force(RunDirectory directory) throws IOException {
        List<Path> paths;
        try (var walk = Files.walk(directory.root())) {
            paths = walk.toList();
        }
        for (Path path : paths) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                DurableFiles.forceDirectory(path);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                DurableFiles.force(path);
            }
        }
    }

    /** Every file of the run with its length and SHA-256, sorted by path. */
    public static List<Manifest.FileFact> files(RunDirectory directory) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(directory.root())) {
            files = walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
        }
        List<Manifest.FileFact> facts = new ArrayList<>();
        for (Path file : files) {
            String path = directory.root().relativize(file).toString().replace('\\', '/');
            if (!LEFT_OUT.contains(path)) {
                facts.add(new Manifest.FileFact(path, Files.size(file), Sha256.of(file)));
            }
        }
        return List.copyOf(facts);
    }
}
