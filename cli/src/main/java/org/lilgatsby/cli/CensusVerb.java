package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Neighbours;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.census.CheckpointCensus;
import org.lilgatsby.census.CheckpointFindings;
import org.lilgatsby.census.CheckpointFindings.Against;
import org.lilgatsby.census.CheckpointFindings.Inspected;
import org.lilgatsby.census.CheckpointFindings.Tokenizer;
import org.lilgatsby.checkpoint.CheckpointDirectory;
import org.lilgatsby.checkpoint.CheckpointException;
import org.lilgatsby.checkpoint.EmbeddingMatrices;
import org.lilgatsby.checkpoint.PublishedConfig;
import org.lilgatsby.checkpoint.Vocabulary;
import org.lilgatsby.experiment.LargeModel;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.CheckpointReport;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts the black holes of a published model. */
@Command(
        name = "census",
        header = "Finds the black holes of a published model, and the rows near them.",
        description = {
            "",
            "Reads the embeddings, and the output head if it is untied: which tokens share a row bit for bit, how "
                    + "far these rows are apart, and which distinct rows lie within k cells of each other, no "
                    + "component further than k cells of the lattice of BF16, F16, F32 or F64 that they are stored in. "
                    + "Token texts and unreachable ids come from tokenizer.json, where there is one.",
            "",
            "Exact for every matrix. Neighbours take seconds for a published model; for tens of thousands of distinct "
                    + "rows that all lie near each other, every pair is compared."
        })
final class CensusVerb extends Verb {
    @Parameters(
            paramLabel = "PATH",
            description =
                    "A safetensors file, or a Hugging Face model directory (one file, or shards with their index).")
    private Path path;

    @Option(
            names = "--tensor",
            paramLabel = "NAME",
            description = "The matrix to read (default: found by its usual name).")
    private String tensor;

    @Option(
            names = "--cells",
            paramLabel = "K",
            defaultValue = "10",
            description = "How far to look for neighbours, 1 to 100 cells (default: ${DEFAULT-VALUE}).")
    private int cells;

    @Option(names = "--against", paramLabel = "RUN", description = "Compare it with the last recorded state of a run.")
    private Path run;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        requireWithin("--cells", cells, 1, Neighbours.MAX_LIMIT);
        if (!Files.exists(path)) {
            throw new SettingException("", path + ": there is no such file or directory");
        }
        if (Files.exists(new RunDirectory(path).manifest())) {
            throw new SettingException(
                    "",
                    path + ": is the directory of a run, not of a model; give it with --against, "
                            + "or write its model with lilgatsby export " + path + " --hf DIR");
        }
        try (CheckpointDirectory checkpoint = CheckpointDirectory.open(path)) {
            CheckpointFindings findings = findings(checkpoint);
            console().print(json.isSet() ? CheckpointReport.json(findings) : CheckpointReport.text(findings));
        }
        return ExitCodes.DONE;
    }

    private CheckpointFindings findings(CheckpointDirectory checkpoint) throws IOException {
        // A matrix is searched only once: compiling the vector kernels takes longer than they save.
        CheckpointCensus inquiry = new CheckpointCensus(cells, checkpoint.vocabulary(), new ScalarAnalysisKernels());
        Optional<EmbeddingMatrices> embeddings = tensor == null ? Optional.of(found(checkpoint)) : Optional.empty();
        List<TensorView> views = embeddings.isPresent() ? embeddings.get().all() : List.of(named(checkpoint));
        Optional<Against> against = run == null ? Optional.empty() : Optional.of(against(inquiry));
        List<Inspected> matrices = views.stream().map(inquiry::inspect).toList();
        boolean published =
                matrices.stream().anyMatch(m -> m.rows() == LargeModel.VOCABULARY && m.columns() == LargeModel.WIDTH);
        return new CheckpointFindings(
                CheckpointFindings.SCHEMA,
                path.toString(),
                checkpoint.config().flatMap(PublishedConfig::modelType),
                embeddings.map(EmbeddingMatrices::tied),
                checkpoint.vocabulary().map(known -> tokenizer(known, matrices)),
                cells,
                matrices,
                against,
                published ? Optional.of(LargeModel.POPULATIONS) : Optional.empty());
    }

    private static EmbeddingMatrices found(CheckpointDirectory checkpoint) throws IOException {
        try {
            return checkpoint.embeddings();
        } catch (CheckpointException e) {
            throw new IOException(e.getMessage() + " (with --tensor NAME)", e);
        }
    }

    private TensorView named(CheckpointDirectory checkpoint) throws IOException {
        try {
            return checkpoint.matrix(tensor);
        } catch (CheckpointException e) {
            throw new SettingException("", "--tensor: " + e.getMessage());
        }
    }

    private Against against(CheckpointCensus inquiry) throws IOException {
        try (RunArchive archive = RunArchive.open(existing(run))) {
            return inquiry.against(run.toString(), archive.data());
        }
    }

    private static Tokenizer tokenizer(Vocabulary known, List<Inspected> matrices) {
        int[] ids = known.ids();
        int rows = matrices.stream().mapToInt(Inspected::rows).min().orElse(0);
        return new Tokenizer(
                ids.length, (int) IntStream.of(ids).filter(id -> id >= rows).count());
    }
}
