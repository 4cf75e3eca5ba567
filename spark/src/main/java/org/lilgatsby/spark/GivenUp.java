package org.lilgatsby.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.experiment.Figures;

/** Why Spark gave a task up. */
final class GivenUp {
    /** What Spark says of a task that failed as often as it may; where it says something else, no task is to blame. */
    private static final Pattern TASK_FAILED = Pattern.compile(
            "(?s).*Task \\S+ in stage \\S+ failed (\\d+) times, most recent failure: Lost task [^)]*\\) \\([^)]*\\): "
                    + "(.*)");

    private GivenUp() {}

    /** The reason in a line; empty if what failed is not the task, but the job, such as by the loss of the cluster. */
    static Optional<String> reason(Throwable failure) {
        Matcher said = TASK_FAILED.matcher(String.valueOf(failure.getMessage()));
        return said.matches()
                ? Optional.of("no executor could run it, after %s: %s"
                        .formatted(
                                Figures.of(Long.parseLong(said.group(1)), "attempt"),
                                Connection.firstLine(said.group(2))))
                : Optional.empty();
    }
}
