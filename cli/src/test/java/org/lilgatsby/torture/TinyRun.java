package org.lilgatsby.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of some seconds that records all there is, and makes a checkpoint after every step.
 *
 * @param steps updates
 * @param layout {@code stream} or {@code per-step}
 */
record TinyRun(int steps, String layout) {
    private static final String EXPERIMENT = "supermassive-black-hole";

    /** Arguments that begin the run, or resume it if it was begun. */
    String[] beginOrGoOn(Path directory) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                EXPERIMENT,
                "--out",
                directory.toString(),
                "--resume",
                "--steps",
                Integer.toString(steps),
                "--threads",
                "1",
                "--kernels",
                "scalar",
                "--checkpoint-every",
                "0"));
        List<String> settings = new ArrayList<>(List.of(
                "model.width=8",
                "model.layers=1",
                "model.context=8",
                "training.batch=2",
                "training.log_every=7",
                "recording.layout=" + layout));
        if (layout.equals("per-step")) {
            settings.add("recording.constants=[]");
        }
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments.toArray(String[]::new);
    }
}
