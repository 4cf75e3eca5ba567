package org.lilgatsby.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.archive.Verification.Check;
import org.lilgatsby.archive.Verification.Outcome;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.files.Text;
import org.lilgatsby.recording.Checksums;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.RunDirectory;

/** Compares the files of a run with its manifest. */
final class SealedFiles {
    private static final String NAME = "checksums";

    private SealedFiles() {}

    /**
     * Names every file that differs from its sealed state, and where in its tensors the damage is.
     *
     * @param run the run, if it can be opened
     */
    static Check check(RunDirectory directory, Manifest manifest, Optional<RunArchive> run) throws IOException {
        if (manifest.state() != Manifest.State.COMPLETE) {
            return new Check(NAME, Outcome.NOT_POSSIBLE, "the run is not complete, so its files are not sealed");
        }
        List<String> problems = new ArrayList<>();
        boolean sums = false;
        for (Manifest.FileFact fact : manifest.files()) {
            Optional<String> problem = problem(directory, fact);
            sums |= problem.isEmpty() && directory.root().resolve(fact.path()).equals(directory.checksums());
            problem.ifPresent(problems::add);
        }
        if (problems.isEmpty()) {
            return new Check(NAME, Outcome.PASSED, manifest.files().size() + " files match their checksums");
        }
        if (sums && run.isPresent()) {
            problems.addAll(places(directory, run.get()));
        }
        return new Check(NAME, Outcome.FAILED, String.join("; ", problems));
    }

    private static Optional<String> problem(RunDirectory directory, Manifest.FileFact fact) throws IOException {
        Path root = directory.root().toAbsolutePath().normalize();
        Path file;
        try {
            file = root.resolve(fact.path()).normalize();
        } catch (InvalidPathException e) {
            return Optional.of(Text.quote(fact.path()) + " is not a valid path");
        }
        if (!file.startsWith(root)) {
            return Optional.of(Text.escape(fact.path()) + " is outside the run");
        }
        if (!Sealing.covers(new RunDirectory(root), file)) {
            return Optional.of(Text.escape(fact.path()) + " is never sealed, but the manifest names it");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(Text.escape(fact.path()) + " is missing");
        }
        if (Files.size(file) != fact.bytes()) {
            return Optional.of("%s has %d bytes, but had %d when it was sealed"
                    .formatted(Text.escape(fact.path()), Files.size(file), fact.bytes()));
        }
        return Sha256.of(file).equals(fact.sha256())
                ? Optional.empty()
                : Optional.of(Text.escape(fact.path()) + " was changed: its SHA-256 differs");
    }

    private static List<String> places(RunDirectory directory, RunArchive run) {
        try {
            Checksums sealed = Checksums.read(directory.checksums());
            return sealed
                    .damage(
                            Checksums.of(directory, run.recording()),
                            run.config().recording()::step,
                            run.tokens())
                    .stream()
                    .map(place -> "damaged: " + place)
                    .toList();
        } catch (IOException e) {
            return List.of("the damaged tensors are unknown: " + e.getMessage());
        }
    }
}
