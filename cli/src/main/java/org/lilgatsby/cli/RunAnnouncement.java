package org.lilgatsby.cli;

import java.util.Locale;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RateProbe;
import org.lilgatsby.run.SpaceNeed;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plan of a run, announced before it is carried out.
 *
 * @param console where it is announced
 * @param run the planned run
 */
record RunAnnouncement(Console console, PlannedRun run) {
    /** What the run trains on, and what it writes. */
    void tell() {
        Corpus text = run.corpus();
        if (text.isSynthetic()) {
            console.log("corpus: the built-in synthetic text, not a book; use --corpus FILE for a book");
        }
        log(
                "corpus: %s, %,d %s, %,d live and %,d dead ids of %,d",
                text.name(),
                text.length(),
                run.config().corpus().isBytes() ? "bytes" : "tokens",
                text.live().length,
                text.dead().length,
                run.config().model().vocabulary());
        int ids = run.config().model().vocabulary() - text.phantom();
        run.config().corpus().wantedIds().ifPresent(wanted -> {
            if (ids < wanted) {
                log(
                        "tokenizer: %,d ids, not %,d: no other pair in the text occurs often enough "
                                + "(corpus.train.min_frequency)",
                        ids, wanted);
            }
        });
        log(
                "model: %,d parameters; kernels: %s; threads: %d",
                run.config().model().parameterCount(),
                run.options().kernels().description(),
                run.options().threads());
        if (KernelChoice.Implementation.of(run.options().kernels()) == KernelChoice.Implementation.VECTOR) {
            KernelChoice.refusalOfBf16().ifPresent(reason -> log("no bfloat16 products by the processor: %s", reason));
        }
        log(
                "recording: %s, %s in %s",
                Figures.of(run.recording().source().rows(), "row"),
                Figures.of(run.recording().bytes(), "byte"),
                Figures.of(run.recording().files(), "file"));
        log(
                "disk: %,d bytes at most, checkpoints, model and reports included",
                run.space().total());
    }

    /** How long the run will take, from a rate measured now; measuring takes some seconds. */
    void tellTime() {
        RateProbe.Rate rate = RateProbe.measure(run.config(), run.corpus(), run.options());
        int steps = run.config().training().steps();
        log(
                "time: %s %s for %,d steps, at %.1f steps per second measured here%s",
                rate.settled() ? "about" : "at most",
                Durations.text(steps / rate.stepsPerSecond()),
                steps,
                rate.stepsPerSecond(),
                rate.settled() ? "" : " while the JIT was still warming up");
    }

    /** The resolved configuration, and everything that {@link #tell} and {@link #tellTime} say. */
    ObjectNode toJson() {
        ExperimentConfig config = run.config();
        SpaceNeed space = run.space();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("configuration", ConfigYaml.toJson(config));
        new CorpusDescription(run.corpus(), config.corpus().dead().rare()).toJson(document.putObject("corpus"));
        document.put("parameters", config.model().parameterCount());
        document.putObject("recording")
                .put("rows", run.recording().source().rows())
                .put("bytes", run.recording().bytes())
                .put("files", run.recording().files());
        document.putObject("disk_bytes")
                .put("recording", space.recording())
                .put("checkpoints", space.checkpoints())
                .put("model", space.model())
                .put("checksums", space.checksums())
                .put("reports", space.reports())
                .put("total", space.total());
        RateProbe.Rate rate = RateProbe.measure(config, run.corpus(), run.options());
        document.putObject("time")
                .put("seconds", config.training().steps() / rate.stepsPerSecond())
                .put("steps_per_second", rate.stepsPerSecond())
                .put("settled", rate.settled())
                .put("kernels", run.options().kernels().description())
                .put("threads", run.options().threads());
        return document;
    }

    private void log(String format, Object... arguments) {
        console.log(String.format(Locale.ROOT, format, arguments));
    }
}
