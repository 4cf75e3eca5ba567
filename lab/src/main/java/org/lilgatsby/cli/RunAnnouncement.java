package org.lilgatsby.cli;

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
        RateProbe.Rate rate = RateProbe.measure(config, text, options);
        log("time: %s %s for %,d steps, at %.1f steps per second measured here%s", rate.settled() ? "about" : "at most",
                Durations.text(config.training().steps() / rate.stepsPerSecond()), config.training().steps(),
                rate.stepsPerSecond(), rate.settled() ? "" : " before the compiler was done");
    }

    private void log(String format, Object... arguments) {
        console.log(String.format(Locale.ROOT, format, arguments));
    }
}
