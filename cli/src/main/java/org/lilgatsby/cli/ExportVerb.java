package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ModelCard;
import org.lilgatsby.run.ModelExport;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports a run's model for other programs. */
@Command(
        name = "export",
        header = "Writes a run's model as a Hugging Face directory, with tokenizer and model card.",
        description = {"", "The model is that of the run's last checkpoint, so an interrupted run can be exported too."
        })
final class ExportVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "Directory of a run.")
    private Path run;

    @Option(names = "--hf", required = true, paramLabel = "DIR", description = "New or empty directory to write.")
    private Path target;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "A step of recording.checkpoints, instead of the last checkpoint.")
    private Integer step;

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = existing(run);
        try (RunArchive archive = RunArchive.open(directory)) {
            Checkpoint checkpoint =
                    step == null ? Checkpoint.read(directory.checkpoint()) : kept(directory, archive.config());
            Manifest manifest = archive.manifest();
            ModelCard card = new ModelCard(
                    archive.config(),
                    manifest.corpus(),
                    archive.vocabulary().texts(),
                    manifest.arithmetic(),
                    checkpoint.step());
            try {
                ModelExport.write(target, card, checkpoint.parameters());
            } catch (FileAlreadyExistsException e) {
                throw new SettingException(
                        "--hf", target + " already exists and is not overwritten; name another directory with --hf");
            }
            console().print("%s: the model after step %d of %s\n".formatted(target, checkpoint.step(), run));
        }
        return ExitCodes.DONE;
    }

    private Checkpoint kept(RunDirectory directory, ExperimentConfig config) throws IOException {
        List<Integer> steps = config.recording().checkpoints();
        if (!steps.contains(step)) {
            throw new SettingException(
                    "",
                    "--step is %d, but the run keeps %s"
                            .formatted(
                                    step,
                                    steps.isEmpty()
                                            ? "no checkpoint (recording.checkpoints); leave it out for the last one"
                                            : "the checkpoints of steps "
                                                    + steps.stream()
                                                            .map(String::valueOf)
                                                            .collect(Collectors.joining(", "))));
        }
        Path file = directory.keptCheckpoint(step);
        if (Files.notExists(file)) {
            throw new IOException(file + ": is missing; the run has not reached step " + step);
        }
        return Checkpoint.readFrom(file);
    }
}
