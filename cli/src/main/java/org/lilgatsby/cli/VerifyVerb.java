package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.lilgatsby.archive.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Verifies a run's directory by reading all of it. */
@Command(
        name = "verify",
        header = "Checks a run: checksums, shapes, finiteness, initial state, optimizer accounting.",
        description = {"", "Exit code 0 if no check fails, 1 if one does."})
final class VerifyVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "Directory of a run.")
    private Path run;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        Verification verification = Verification.of(existing(run));
        if (json.isSet()) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("passed", verification.passed());
            ArrayNode checks = document.putArray("checks");
            for (Verification.Check check : verification.checks()) {
                checks.addObject()
                        .put("name", check.name())
                        .put("outcome", check.outcome().name().toLowerCase(Locale.ROOT))
                        .put("detail", check.detail());
            }
            console().print(document);
        } else {
            StringBuilder text = new StringBuilder();
            for (Verification.Check check : verification.checks()) {
                String outcome = check.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                text.append(String.format(Locale.ROOT, "%-22s%-14s%s\n", check.name(), outcome, check.detail()));
            }
            console().print(text.toString());
        }
        return verification.passed() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
