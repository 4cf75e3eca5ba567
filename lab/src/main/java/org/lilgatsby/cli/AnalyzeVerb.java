package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.experiment.RunArchive;
import org.lilgatsby.experiment.examination.Examination;
import org.lilgatsby.experiment.examination.Question;
import org.lilgatsby.experiment.examination.Questions;
import org.lilgatsby.experiment.examination.Selection;
import org.lilgatsby.experiment.examination.Selection.Detail;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarMotionKernels;
import org.lilgatsby.model.SettingException;
import org.lilgatsby.report.AnalysisReport;
import org.lilgatsby.report.Csv;
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
    private static final class Analyses extends ArrayList<String> {
        Analyses() {
            super(Questions.all().stream().map(Question::name).toList());
        }
    }

    @Parameters(paramLabel = "RUN", description = "Directory of a run.")
    private Path run;

    @Option(
            names = "--analysis",
            paramLabel = "NAME",
            completionCandidates = Analyses.class,
            description = "One analysis, its columns explained: ${COMPLETION-CANDIDATES}.")
    private String analysis;

    @Option(names = "--step", paramLabel = "N", description = "Only the state after N updates.")
    private Integer step;

    @Option(
            names = "--tokens",
            paramLabel = "WHICH",
            description = "Whose rows: ${COMPLETION-CANDIDATES} (default: dead, or all if no token is dead).")
    private Group tokens;

    @Option(names = "--csv", description = "Print the table of one analysis as comma-separated values, every recorded state.")
    private boolean csv;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (csv && (json.isSet() || analysis == null)) {
            throw new SettingException("", json.isSet()
                    ? "--csv and --json cannot be combined"
                    : "--csv prints one table; choose it with --analysis NAME");
        }
        List<Question> questions = analysis == null
                ? Questions.all().stream().filter(Question::inOverview).toList()
                : List.of(Questions.named(analysis));
        try (RunArchive archive = RunArchive.open(existing(run))) {
            Examination examination = new Examination(archive, new ScalarMotionKernels(), KernelChoice.AUTO::createMotion);
            Selection selection = new Selection(group(examination), optional(step), detail());
            List<AnalysisReport.Answered> answers = new ArrayList<>();
            for (Question question : questions) {
                answers.add(new AnalysisReport.Answered(question, question.answer(examination, selection)));
            }
            if (analysis != null && answers.getFirst().answer() instanceof Question.Lacking lacking) {
                throw new IOException(run + ": " + lacking.reason());
            }
            console().print(inForm(new AnalysisReport(examination, selection, answers)));
        }
        return ExitCodes.DONE;
    }

    private String inForm(AnalysisReport report) {
        if (csv && report.answers().getFirst().answer() instanceof Question.Found found) {
            return Csv.of(found.sheet());
        }
        return json.isSet() ? report.json() : report.text();
    }

    private Detail detail() {
        if (analysis == null) {
            return Detail.FEW;
        }
        return csv || json.isSet() ? Detail.ALL : Detail.SOME;
    }

    private Group group(Examination examination) {
        if (tokens != null) {
            return tokens;
        }
        return examination.split().dead().size() > 0 ? Group.DEAD : Group.ALL;
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
