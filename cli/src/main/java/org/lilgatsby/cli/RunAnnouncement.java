package org.lilgatsby.cli;

import java.util.Locale;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.run.RateProbe;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.run.SpaceNeed;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plan of a run, told before it is carried out.
 *
 * @param text what it is trained on
 */
record RunAnnouncement(Console console, ExperimentConfig config, Corpus text, RunOptions options) {
    /** Share of the run's time for a probe that nobody waits behind. */
    static final double AS_LONG_AS_IT_TAKES = Double.POSITIVE_INFINITY;

    /** What it trains on, and what it writes. */
    void tell(RecordingPlan plan, SpaceNeed space) {
        if (text.isSynthetic()) {
            console.log("corpus: the built-in synthetic text, not a book; use --corpus FILE for a book");
        }
        log(
                "corpus: %s, %,d bytes, %d live and %d dead ids of %d",
                text.name(),
                text.length(),
                text.census().live().length,
                text.census().dead().length,
                config.model().vocabulary());
        log(
                "model: %,d parameters; kernels: %s; threads: %d",
                config.model().parameterCount(), options.kernels().description(), options.threads());
        log(
                "recording: %s, %s in %s",
                Figures.of(plan.source().rows(), "row"),
                Figures.of(plan.bytes(), "byte"),
                Figures.of(plan.files(), "file"));
        log("disk: %,d bytes at most, checkpoints, model and reports included", space.total());
    }

    /**
     * How long it will take, from a measured rate.
     *
     * @param share see {@link RateProbe#measure}
     */
    void tellTime(double share) {
        RateProbe.Rate rate = RateProbe.measure(config, text, options, share);
        log(
                "time: %s %s for %,d steps, at %.1f steps per second measured here%s",
                rate.settled() ? "about" : "at most",
                Durations.text(config.training().steps() / rate.stepsPerSecond()),
                config.training().steps(),
                rate.stepsPerSecond(),
                rate.settled() ? "" : " while the JIT was still warming up");
    }

    /** The resolved configuration, and all that {@link #tell} and {@link #tellTime} say. */
    ObjectNode toJson(RecordingPlan plan, SpaceNeed space) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("configuration", ConfigYaml.toJson(config));
        CorpusDescription.toJson(text, document.putObject("corpus"));
        document.put("parameters", config.model().parameterCount());
        document.putObject("recording")
                .put("rows", plan.source().rows())
                .put("bytes", plan.bytes())
                .put("files", plan.files());
        document.putObject("disk_bytes")
                .put("recording", space.recording())
                .put("checkpoints", space.checkpoints())
                .put("model", space.model())
                .put("checksums", space.checksums())
                .put("reports", space.reports())
                .put("total", space.total());
        RateProbe.Rate rate = RateProbe.measure(config, text, options, AS_LONG_AS_IT_TAKES);
        document.putObject("time")
                .put("seconds", config.training().steps() / rate.stepsPerSecond())
                .put("steps_per_second", rate.stepsPerSecond())
                .put("settled", rate.settled())
                .put("kernels", options.kernels().description())
                .put("threads", options.threads());
        return document;
    }

    private void log(String format, Object... arguments) {
        console.log(String.format(Locale.ROOT, format, arguments));
    }
}
