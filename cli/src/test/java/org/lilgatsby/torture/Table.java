package org.lilgatsby.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** What a campaign tried and what was lost, one line a trial, printed at its end. */
final class Table implements TestWatcher, AfterAllCallback {
    private static final int LONGEST = 400;

    private final List<String> lines = new ArrayList<>();
    private String tried = "once";

    /** Says how much the trial under way tries. */
    void tried(String format, Object... values) {
        tried = format.formatted(values);
    }

    @Override
    public void testSuccessful(ExtensionContext trial) {
        add(trial, "nothing");
    }

    @Override
    public void testFailed(ExtensionContext trial, Throwable cause) {
        String message = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        add(trial, "LOST: " + message.substring(0, Math.min(message.length(), LONGEST)));
    }

    @Override
    public void testAborted(ExtensionContext trial, Throwable cause) {
        tried = "not at all";
        add(trial, "unknown: " + cause.getMessage());
    }

    @Override
    public void testDisabled(ExtensionContext trial, Optional<String> reason) {
        tried = "not at all";
        add(trial, "unknown: " + reason.orElse("disabled"));
    }

    private void add(ExtensionContext trial, String lost) {
        String name = trial.getDisplayName();
        if (name.endsWith("()")) {
            name = name.substring(0, name.length() - 2)
                    .replaceAll("([A-Z])", " $1")
                    .toLowerCase(Locale.ROOT);
        }
        String line = "%-90s | %-70s | %s".formatted(name, tried, lost);
        System.out.println(line);
        lines.add(line);
        tried = "once";
    }

    @Override
    public void afterAll(ExtensionContext campaign) {
        System.out.printf("%n%-90s | %-70s | %s%n", "what was tried", "how often", "what was lost");
        lines.forEach(System.out::println);
    }
}
