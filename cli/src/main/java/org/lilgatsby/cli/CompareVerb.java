package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.RunPair;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.model.PrecisionConfig.View;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.report.Csv;
import org.lilgatsby.report.PairReport;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Compares two runs bit for bit, or says how far their W are apart. */
@Command(
        name = "compare",
        header = "Compares two runs bit for bit on the steps that both recorded.",
        description = {
            "",
            "With --by, how far W of one run is from that of the other, in the states and tokens that both",
            "recorded, and nothing else. Exit code 0 if all that is compared is identical, 1 if not."
        })
final class CompareVerb extends Verb {
    @Parameters(index = "0", paramLabel = "RUN", description = "Directory of a run.")
    private Path first;

    @Parameters(index = "1", paramLabel = "RUN", description = "Directory of another run.")
    private Path second;

    /** What a row of a table is of. */
    private enum By {
        STEP,
        TOKEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "Distances between the rows of W, with a row for each of: ${COMPLETION-CANDIDATES}.")
    private By by;

    @Option(
            names = "--tokens",
            paramLabel = "WHICH",
            description = "For --by, whose rows: ${COMPLETION-CANDIDATES} (default: dead, or all if no token is dead).")
    private Group tokens;

    @Option(
            names = "--view",
            paramLabel = "FORMAT",
            description = "For --by, how to see a W that is stored in float32: ${COMPLETION-CANDIDATES} (default: as "
                    + "each run's precision.view says).")
    private View view;

    @Option(names = "--csv", description = "For --by, print the table as comma-separated values, every shared state.")
    private boolean csv;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (by != null) {
            return distances();
        }
        if (tokens != null || view != null || csv) {
            throw new SettingException("", "--tokens, --view and --csv are for a table; choose one with --by");
        }
        try (RunArchive a = RunArchive.open(existing(first));
                RunArchive b = RunArchive.open(existing(second))) {
            RunComparison comparison = RunComparison.of(a, b);
            if (json.isSet()) {
                console().print(toJson(comparison, List.of(a, b)));
            } else {
                console().print(toText(comparison, List.of(a, b)));
            }
            return comparison.identical() ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }

    private int distances() throws IOException {
        if (csv && json.isSet()) {
            throw new SettingException("", "--csv and --json cannot be combined");
        }
        try (RunArchive a = open(first);
                RunArchive b = open(second)) {
            RunPair pair = RunPair.of(a, b, Optional.ofNullable(tokens));
            Selection.Detail detail = csv || json.isSet() ? Selection.Detail.ALL : Selection.Detail.SOME;
            AnalysisTable table = by == By.STEP ? pair.byStep(detail) : pair.byToken();
            PairReport report =
                    new PairReport(List.of(first.toString(), second.toString()), pair, by.toString(), table);
            console().print(csv ? Csv.of(table) : json.isSet() ? report.json() : report.text());
            boolean identical = pair.divergence().states().stream()
                    .allMatch(state ->
                            state.identical() == pair.divergence().tokens().size());
            return identical ? ExitCodes.DONE : ExitCodes.FAILED;
        }
    }

    private RunArchive open(Path run) throws IOException {
        return view == null ? RunArchive.open(existing(run)) : RunArchive.open(existing(run), view);
    }

    private String toText(RunComparison comparison, List<RunArchive> runs) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %,d shared steps, up to step %,d\n",
                comparison.identical() ? "identical" : "different",
                comparison.sharedSteps(),
                comparison.lastSharedStep()));
        for (RunArchive run : runs) {
            if (run.manifest().state() != Manifest.State.COMPLETE) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %s is unfinished: %s of %,d steps\n",
                        run.directory().root(),
                        run.status().inWords(),
                        run.config().training().steps()));
            }
        }
        for (RunComparison.TensorComparison tensor : comparison.tensors()) {
            text.append(
                    String.format(Locale.ROOT, "  %-18s", tensor.observable().name()));
            text.append(tensor.first()
                    .map(d -> String.format(
                            Locale.ROOT,
                            "first difference at step %,d, token %d, component %d: %s != %s; %,d rows differ",
                            d.step(),
                            d.token(),
                            d.component(),
                            d.a(),
                            d.b(),
                            tensor.differingSteps()))
                    .orElse("equal bit for bit"));
            text.append('\n');
        }
        return text.toString();
    }

    private static ObjectNode toJson(RunComparison comparison, List<RunArchive> runs) throws IOException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("identical", comparison.identical());
        document.put("shared_steps", comparison.sharedSteps());
        document.put("last_shared_step", comparison.lastSharedStep());
        ArrayNode compared = document.putArray("runs");
        for (RunArchive run : runs) {
            compared.addObject()
                    .put("directory", run.directory().root().toString())
                    .put("state", run.manifest().state().name().toLowerCase(Locale.ROOT))
                    .put("step", run.status().step())
                    .put("steps", run.config().training().steps());
        }
        ArrayNode tensors = document.putArray("tensors");
        for (RunComparison.TensorComparison tensor : comparison.tensors()) {
            ObjectNode entry = tensors.addObject();
            entry.put("observable", tensor.observable().name());
            entry.put("differing_steps", tensor.differingSteps());
            tensor.first()
                    .ifPresentOrElse(
                            d -> entry.putObject("first_difference")
                                    .put("step", d.step())
                                    .put("token", d.token())
                                    .put("component", d.component())
                                    .put("a", d.a())
                                    .put("b", d.b()),
                            () -> entry.putNull("first_difference"));
        }
        return document;
    }
}
