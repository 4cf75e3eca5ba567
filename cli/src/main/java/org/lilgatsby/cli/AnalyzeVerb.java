package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.experiment.analyses.Selection.Detail;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.model.PrecisionConfig.View;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.AnalysisReport;
import org.lilgatsby.report.Csv;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Analyses a recording. */
@Command(
        name = "analyze",
        header = "Analyses a run's recording: structure, lattice, motion, mechanism.",
        description = {
            "",
            "Without --analysis all of them, except tables with a row for each token or event. An unfinished",
            "run is analysed as far as it is recorded. Missing data is reported."
        })
final class AnalyzeVerb extends Verb {
    /** The names of all analyses, for the help. */
    private static final class AnalysisNames extends ArrayList<String> {
        AnalysisNames() {
            super(Analyses.all().stream().map(Analysis::name).toList());
        }
    }

    @Parameters(paramLabel = "RUN", description = "Directory of a run.")
    private Path run;

    @Option(
            names = "--analysis",
            paramLabel = "NAME",
            completionCandidates = AnalysisNames.class,
            description = "One analysis, its columns explained: ${COMPLETION-CANDIDATES}.")
    private String analysis;

    @Option(names = "--step", paramLabel = "N", description = "Only the state after N updates.")
    private Integer step;

    @Option(
            names = "--tokens",
            paramLabel = "WHICH",
            description = "Whose rows: ${COMPLETION-CANDIDATES} (default: dead, or all if no token is dead).")
    private Group tokens;

    @Option(
            names = "--threshold",
            paramLabel = "X",
            description = "For adjacency, components: largest distance of adjacent rows. For step-escape, "
                    + "token-step-escape: a longer step is an escape. For hop-boundary, hops, token-hops: ULP "
                    + "above which a token should move (default: 0.5).")
    private Double threshold;

    @Option(
            names = "--metric",
            paramLabel = "M",
            description = "How the threshold is measured: ${COMPLETION-CANDIDATES} (default: linf for distances, l2 "
                    + "for steps).")
    private Metric metric;

    @Option(
            names = "--bins",
            paramLabel = "N",
            description = "For distance-entropy: bins of the histogram (default: 50). For hidden-bins: bins of "
                    + "updates (default: 10).")
    private Integer bins;

    @Option(
            names = "--view",
            paramLabel = "FORMAT",
            description = "How to see a W that is stored in float32: ${COMPLETION-CANDIDATES} (default: as the run's "
                    + "precision.view says).")
    private View view;

    @Option(
            names = "--csv",
            description = "Print the table of one analysis as comma-separated values, every recorded state.")
    private boolean csv;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (csv && (json.isSet() || analysis == null)) {
            throw new SettingException(
                    "",
                    json.isSet()
                            ? "--csv and --json cannot be combined"
                            : "--csv prints one table; choose it with --analysis NAME");
        }
        AnalysisParameters parameters = parameters();
        if (analysis == null && !parameters.equals(AnalysisParameters.NONE)) {
            throw new SettingException(
                    "", "--threshold, --metric and --bins are for one analysis; choose it with --analysis NAME");
        }
        List<Analysis> analyses = analysis == null
                ? Analyses.all().stream().filter(Analysis::inOverview).toList()
                : List.of(Analyses.named(analysis));
        RunDirectory directory = existing(run);
        try (RunArchive archive = view == null ? RunArchive.open(directory) : RunArchive.open(directory, view)) {
            AnalysisContext context =
                    new AnalysisContext(archive, new ScalarAnalysisKernels(), KernelChoice.AUTO::createAnalysisKernels);
            Selection selection = new Selection(group(context), optional(step), detail(), parameters);
            List<AnalysisReport.Answered> answers = new ArrayList<>();
            for (Analysis analysis : analyses) {
                answers.add(new AnalysisReport.Answered(analysis, analysis.answer(context, selection)));
            }
            if (analysis != null && answers.getFirst().answer() instanceof Analysis.Lacking lacking) {
                throw new IOException(run + ": " + lacking.reason());
            }
            console().print(inForm(new AnalysisReport(context, selection, answers)));
        }
        return ExitCodes.DONE;
    }

    private String inForm(AnalysisReport report) {
        if (csv && report.answers().getFirst().answer() instanceof Analysis.Found found) {
            return Csv.of(found.table());
        }
        return json.isSet() ? report.json() : report.text();
    }

    private Detail detail() {
        if (analysis == null) {
            return Detail.FEW;
        }
        return csv || json.isSet() ? Detail.ALL : Detail.SOME;
    }

    private Group group(AnalysisContext context) {
        if (tokens != null) {
            return tokens;
        }
        return context.split().dead().size() > 0 ? Group.DEAD : Group.ALL;
    }

    private AnalysisParameters parameters() {
        return new AnalysisParameters(
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                Optional.ofNullable(metric),
                optional(bins));
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
