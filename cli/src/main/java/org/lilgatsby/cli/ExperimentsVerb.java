package org.lilgatsby.cli;

import java.util.List;
import java.util.Locale;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lists the built-in experiments, or prints the configuration of one. */
@Command(
        name = "experiments",
        header = "Lists the built-in experiments, or prints one's full configuration as YAML.",
        description = {
            "",
            "The output is a configuration file: copy it, change it, and run it with",
            "lilgatsby run FILE.yaml."
        })
final class ExperimentsVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The experiment whose configuration to print.")
    private String name;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        if (name == null) {
            list();
        } else {
            printConfig(BuiltIn.load(name, List.of()));
        }
        return ExitCodes.DONE;
    }

    private void list() {
        List<ExperimentConfig> all = BuiltIn.names().stream()
                .map(each -> BuiltIn.load(each, List.of()))
                .toList();
        if (json.isSet()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            all.forEach(each -> list.addObject().put("name", each.name()).put("title", each.title()));
            console().print(list);
        } else {
            StringBuilder lines = new StringBuilder();
            all.forEach(each -> lines.append(String.format(Locale.ROOT, "%-25s%s\n", each.name(), each.title())));
            console().print(lines.toString());
        }
    }

    private void printConfig(ExperimentConfig config) {
        if (json.isSet()) {
            console().print(ConfigYaml.toJson(config));
        } else {
            console().print(ConfigYaml.toYaml(config));
        }
    }
}
