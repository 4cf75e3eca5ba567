package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.recording.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Compares two runs bit for bit. */
@Command(
        name = "compare",
        header = "Compares two runs bit for bit on the steps that both recorded.",
        description = {"", "Exit code 0 if all that both recorded is identical, 1 if not."})
final class CompareVerb extends Verb {
    @Parameters(index = "0", paramLabel = "RUN", description = "Directory of a run.")
    private Path first;

    @Parameters(index = "1", paramLabel = "RUN", description = "Directory of another run.")
    private Path second;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
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
