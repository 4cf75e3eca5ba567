package org.lilgatsby.cli;

import java.time.Duration;
import java.util.Locale;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.RateProbe;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.experiment.SpaceNeed;
import org.lilgatsby.recording.RecordingPlan;

/**
 * The plan of a run, told before it is carried out.
 *
 * @param text what it is trained on
 */
record RunAnnouncement(Console console, ExperimentConfig config, Corpus text, RunOptions options) {
    private static final Duration PROBE = Duration.ofSeconds(3);

    /** What it trains on, and what it writes. */
    void tell(RecordingPlan plan, SpaceNeed space) {
        if (text.isSynthetic()) {
            console.log("corpus: the built-in synthetic text, not a book; --corpus FILE takes one");
        }
        log("corpus: %s, %,d bytes, %d live and %d dead ids of %d", text.name(), text.length(),
                text.census().live().length, text.census().dead().length, config.model().vocabulary());
        log("model: %,d parameters; kernels: %s; threads: %d", config.model().parameterCount(),
                options.kernels().description(), options.threads());
        log("recording: %,d rows, %,d bytes in %,d file%s", plan.source().rows(), plan.bytes(), plan.files(),
                plan.files() == 1 ? "" : "s");
        log("disk: %,d bytes at most, checkpoints, model and reports included", space.total());
    }

    /** How long it will take, from a measured rate. */
    void tellTime() {
        double rate = RateProbe.stepsPerSecond(config, text, options, PROBE);
        log("time: about %s for %,d steps, at %.1f steps per second measured here",
                Durations.text(config.training().steps() / rate), config.training().steps(), rate);
    }

    private void log(String format, Object... arguments) {
        console.log(String.format(Locale.ROOT, format, arguments));
    }
}
