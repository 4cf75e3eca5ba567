package org.lilgatsby.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;

/** Ends a run: writes the length and SHA-256 of every file into its manifest, and the state complete. */
public final class Sealing {
    /** Not sealed: the manifest itself, and the lock of the process that seals. */
    private static final Set<String> LEFT_OUT = Set.of("manifest.json", "run.lock");

    private Sealing() {}

    /** Seals a run whose files are all written. */
    public static void seal(RunDirectory directory) throws IOException {
        Manifest open = ManifestFile.read(directory.manifest());
        ManifestFile.write(directory.manifest(), new Manifest(
                open.schema(), open.program(), open.arithmetic(), open.machine(), open.corpus(), Manifest.State.COMPLETE,
                open.completedSteps(), open.parameters(), open.started(), Instant.now(), open.seconds(),
                open.stepsPerSecond(), files(directory)));
    }

    /** Every file of the run with its length and SHA-256, sorted by path. */
    public static List<Manifest.FileFact> files(RunDirectory directory) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(directory.root())) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<Manifest.FileFact> facts = new ArrayList<>();
        for (Path file : files) {
            String path = directory.root().relativize(file).toString().replace('\\', '/');
            if (!LEFT_OUT.contains(path)) {
                facts.add(new Manifest.FileFact(path, Files.size(file), sha256(file)));
            }
        }
        return List.copyOf(facts);
    }

    /** SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                byte[] buffer = new byte[1 << 16];
                while (in.read(buffer) >= 0) {
                    // the digest reads along
                }
            }
            return HexFormat.of().formatHex(digest.digest()).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
