package org.lilgatsby.explorer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.cli.Execution;

/** Runs of a few steps, made by the program. */
final class SmallRuns {
    private SmallRuns() {}

    /** A run of a built-in experiment with a small batch. */
    static Path run(Path root, String experiment, int steps, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                experiment,
                "--steps",
                Integer.toString(steps),
                "--set",
                "training.batch=1",
                "--set",
                "training.log_every=1",
                "--set",
                "model.context=8",
                "--kernels",
                "scalar",
                "--threads",
                "1",
                "--out",
                root.toString()));
        arguments.addAll(List.of(more));
        Execution execution = Execution.of(arguments.toArray(String[]::new));
        if (execution.code() != 0) {
            throw new AssertionError(execution.err());
        }
        return root;
    }
}
