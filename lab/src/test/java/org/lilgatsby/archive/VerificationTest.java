package org.lilgatsby.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.archive.Verification.Check;
import org.lilgatsby.archive.Verification.Outcome;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.TensorSpec;

class VerificationTest {
    private static final long SEED = 20260102;
    private static final int VOCABULARY = 128;
    private static final int EVERY = 2;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @TempDir
    private Path folder;

    private ExperimentConfig config;
    private RunDirectory run;

    @BeforeEach
    void sealedRun() throws IOException {
        run = sealed("stream", "supermassive-black-hole", "training.steps=6", "recording.every=" + EVERY);
    }

    private RunDirectory sealed(String name, String experiment, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("model.width=8", "model.layers=1", "model.context=8"));
        config = ShortRuns.config(experiment, all.toArray(String[]::new));
        RunDirectory directory = ShortRuns.run(folder.resolve(name), config);
        Sealing.seal(directory);
        return directory;
    }

    private static Check check(RunDirectory run, String name) throws IOException {
        return Verification.of(run).checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theStartFromAFileIsCheckedAsLongAsTheFileIsThere() throws IOException {
        byte[] w = new byte[128 + 4 * VOCABULARY * 8];
        String header = "\u0093NUMPY\u0001\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (128, 8), }";
        Arrays.fill(w, 0, 128, (byte) ' ');
        System.arraycopy(header.getBytes(StandardCharsets.ISO_8859_1), 0, w, 0, header.length());
        Path file = Files.write(folder.resolve("w.npy"), w);
        RunDirectory fromFile = sealed(
                "file",
                "float32-edition",
                "initialization.mode=file",
                "initialization.file=" + file,
                "training.steps=1");
        assertEquals(Outcome.PASSED, check(fromFile, "initial state").outcome());
        Files.delete(file);
        for (String name : List.of("initial state", "shapes")) {
            assertEquals(Outcome.NOT_POSSIBLE, check(fromFile, name).outcome());
            assertTrue(check(fromFile, name).detail().endsWith("there is no such file"));
        }
        assertTrue(Verification.of(fromFile).passed());
    }

    private static void flip(Path file, long bit) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bit / 8);
            int old = bytes.read();
            bytes.seek(bit / 8);
            bytes.write(old ^ 1 << bit % 8);
        }
    }

    @Test
    void anUntouchedRunPasses() throws IOException {
        assertTrue(Verification.of(run).passed(), Verification.of(run).toString());
        assertEquals(Outcome.PASSED, check(run, "checksums").outcome());
        RunDirectory perStep = sealed("per-step", "embedding-evolution");
        assertTrue(Verification.of(perStep).passed(), Verification.of(perStep).toString());
    }

    /** A killed process leaves its manifest as it was, here from before the first checkpoint. */
    @Test
    void aKilledRunIsInterruptedAtItsLastRecordedStep() throws IOException {
        Manifest m = ManifestFile.read(run.manifest());
        int steps = m.completedSteps();
        assertTrue(check(run, "manifest").detail().endsWith("; the run is complete, " + steps + " steps"));
        ManifestFile.write(
                run.manifest(),
                new Manifest(
                        m.schema(),
                        m.program(),
                        m.arithmetic(),
                        m.key(),
                        m.machine(),
                        m.corpus(),
                        Manifest.State.INTERRUPTED,
                        0,
                        m.parameters(),
                        m.started(),
                        null,
                        0,
                        0,
                        null,
                        List.of()));
        assertTrue(
                check(run, "manifest").detail().endsWith("; the run is interrupted at step " + steps),
                check(run, "manifest").detail());
        try (RunArchive archive = RunArchive.open(run)) {
            assertEquals(steps, Findings.of(archive.data()).identity().completedSteps());
        }
    }

    @Test
    void aFlippedBitOfTheRecordingIsFoundByTensorStepAndToken() throws IOException {
        SafetensorsLayout layout =
                ExperimentRun.plan(config, ShortRuns.corpus(config)).layout();
        for (int i = 0; i < layout.tensors().size(); i++) {
            TensorSpec spec = layout.tensors().get(i);
            long byteOfTensor = random.nextLong(spec.bytes());
            long bit = 8 * (layout.offset(i) + byteOfTensor) + random.nextInt(8);
            flip(run.recording(), bit);
            Check check = check(run, "checksums");
            assertEquals(Outcome.FAILED, check.outcome());
            assertEquals(
                    "recording.safetensors was changed: its SHA-256 differs; damaged: " + place(spec, byteOfTensor),
                    check.detail());
            flip(run.recording(), bit);
        }
        assertTrue(Verification.of(run).passed());
    }

    private String place(TensorSpec spec, long at) {
        boolean recorded = config.recording().tensors().stream()
                .anyMatch(tensor -> tensor.name().equals(spec.name()));
        if (!recorded) {
            return spec.name();
        }
        String step = "%s at step %d".formatted(spec.name(), at / spec.rowBytes() * EVERY);
        boolean scalar = spec.shape().rank() == 1;
        return scalar ? step : step + ", token " + at % spec.rowBytes() / (spec.rowBytes() / VOCABULARY);
    }

    @Test
    void aRecordingOfAnotherRunIsNotTaken() throws IOException {
        assertEquals(Outcome.PASSED, check(run, "description").outcome());
        RunDirectory other =
                sealed("other", "supermassive-black-hole", "training.steps=6", "recording.every=" + EVERY, "seed=7");
        Files.copy(other.recording(), run.recording(), StandardCopyOption.REPLACE_EXISTING);
        Check check = check(run, "description");
        assertEquals(Outcome.FAILED, check.outcome());
        assertTrue(check.detail().startsWith("the recording's configuration is "), check.detail());
    }

    @Test
    void aRecordingThatNamesAnotherStepIsNotTaken() throws IOException {
        SafetensorsLayout layout =
                ExperimentRun.plan(config, ShortRuns.corpus(config)).layout();
        flip(run.recording(), 8 * (layout.offset(layout.indexOf("recorded_steps")) + Long.BYTES));
        assertEquals(
                "recorded_steps names step 3 for row 1, which is of step 2",
                check(run, "description").detail());
        RunDirectory perStep = sealed("per-step", "embedding-evolution");
        Path second = perStep.steps().resolve("step_0000002.safetensors");
        layout = ExperimentRun.plan(config, ShortRuns.corpus(config)).layout();
        flip(second, 8 * layout.offset(layout.indexOf("recorded_steps")) + 2);
        assertEquals(
                "recorded_steps names step 6 for row 2, which is of step 2",
                check(perStep, "description").detail());
        assertTrue(check(perStep, "checksums").detail().endsWith("damaged: recorded_steps at step 2"));
    }

    @Test
    void aFlippedBitOfAFilePerStepIsFoundToo() throws IOException {
        RunDirectory perStep = sealed("per-step", "embedding-evolution");
        Path file = perStep.steps().resolve("step_0000002.safetensors");
        flip(file, 8 * (Files.size(file) - 1)); // the last token's
        assertEquals(
                "steps/step_0000002.safetensors was changed: its SHA-256 differs; damaged: embeddings at step "
                        + "2, token 127",
                check(perStep, "checksums").detail());
    }

    @Test
    void largerDamageIsToldByItsRowsAndColumns() throws IOException {
        SafetensorsLayout layout =
                ExperimentRun.plan(config, ShortRuns.corpus(config)).layout();
        int grads = layout.indexOf("grads");
        long token = layout.tensors().get(grads).rowBytes() / VOCABULARY;
        for (int i = 0; i < 8; i++) {
            flip(
                    run.recording(),
                    8 * (layout.offset(grads) + layout.tensors().get(grads).rowBytes() + (20 + i) * token));
        }
        assertEquals(
                "recording.safetensors was changed: its SHA-256 differs; damaged: grads at step 2, tokens 20, "
                        + "21, 22, 23, 24 and 3 more",
                check(run, "checksums").detail());
    }

    @Test
    void aFlippedBitOfTheModelIsFoundByTensorAndRow() throws IOException {
        flip(run.modelWeights(), 8 * (Files.size(run.modelWeights()) - 1));
        assertTrue(check(run, "checksums")
                .detail()
                .startsWith("model/model.safetensors was changed: its SHA-256 differs; damaged: "));
        assertTrue(
                check(run, "checksums").detail().contains(" of model"),
                check(run, "checksums").detail());
    }

    @Test
    void aFlippedBitAnywhereIsFound() throws IOException {
        List<Path> files;
        try (var walk = Files.walk(run.root())) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(run.lock()))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            for (int i = 0; i < 8; i++) {
                long bit = random.nextLong(8 * Files.size(file));
                flip(file, bit);
                boolean found;
                try {
                    found = !Verification.of(run).passed();
                } catch (IOException e) {
                    found = file.equals(run.manifest()) && e.getMessage().contains("manifest.json");
                }
                assertTrue(found, file + " bit " + bit);
                flip(file, bit);
            }
        }
    }

    @Test
    void aRunSealedWithoutSumsStillVerifies() throws IOException {
        Files.delete(run.checksums());
        rewrite(ManifestFile.read(run.manifest()).files().stream()
                .filter(fact -> !fact.path().equals("checksums.safetensors"))
                .toList());
        assertTrue(Verification.of(run).passed(), Verification.of(run).toString());
        flip(run.recording(), 8 * Files.size(run.recording()) - 1);
        assertEquals(
                "recording.safetensors was changed: its SHA-256 differs",
                check(run, "checksums").detail());
    }

    @Test
    void aManifestCannotHaveOtherFilesRead() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "precious");
        String hash = "0".repeat(64);
        rewrite(List.of(
                new Manifest.FileFact("../outside", 8, hash),
                new Manifest.FileFact(outside.toString(), 8, hash),
                new Manifest.FileFact("a\0b", 8, hash),
                new Manifest.FileFact("steps/../../outside\u202e", 8, hash),
                new Manifest.FileFact("checkpoint", 8, hash)));
        assertEquals(
                "../outside is outside the run; %s is outside the run; \"a\\u{0}b\" is not a valid path; "
                                .formatted(outside)
                        + "steps/../../outside\\u{202e} is outside the run; checkpoint is missing",
                check(run, "checksums").detail());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
    void aLinkOutOfTheRunIsNotFollowed() throws IOException {
        Path outside = folder.resolve("outside");
        Files.move(run.recording(), outside);
        Files.createSymbolicLink(run.recording(), outside);
        IOException e = assertThrows(IOException.class, () -> Verification.of(run));
        assertTrue(e.getMessage().contains("recording.safetensors: is a symbolic link"), e.getMessage());
    }

    private void rewrite(List<Manifest.FileFact> files) throws IOException {
        Manifest sealed = ManifestFile.read(run.manifest());
        ManifestFile.write(
                run.manifest(),
                new Manifest(
                        sealed.schema(),
                        sealed.program(),
                        sealed.arithmetic(),
                        sealed.key(),
                        sealed.machine(),
                        sealed.corpus(),
                        sealed.state(),
                        sealed.completedSteps(),
                        sealed.parameters(),
                        sealed.started(),
                        sealed.ended(),
                        sealed.seconds(),
                        sealed.stepsPerSecond(),
                        sealed.performance(),
                        files));
    }
}
