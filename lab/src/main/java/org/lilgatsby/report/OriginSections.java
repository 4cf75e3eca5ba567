package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lilgatsby.archive.RunData.RecordingFacts;
import org.lilgatsby.archive.RunData.TensorFact;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Block.Verbatim;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.experiment.UnstatedDefault;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.training.TrainingConfig;

/** What ran, on which text, with which unstated choices, on which machine, and what it wrote. */
final class OriginSections {
    private OriginSections() {}

    /** What a reader must know before any figure: what ran, on which corpus. */
    static Facts opening(Findings findings) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("run", run(findings)));
        facts.add(new Fact("corpus", corpus(findings)));
        facts.add(new Fact("model", model(findings)));
        facts.add(new Fact("training", training(findings.configuration().training())));
        facts.add(new Fact("start", start(findings.start())));
        return new Facts(facts);
    }

    private static String run(Findings findings) {
        String steps = findings.finished()
                ? Figures.of(findings.identity().steps(), "step")
                : "%s at %s of %s"
                        .formatted(
                                findings.identity().status(),
                                Figures.count(findings.identity().completedSteps()),
                                Figures.of(findings.identity().steps(), "step"));
        String recorded = findings.finished()
                        && findings.structure().end().step()
                                == findings.identity().steps()
                ? ""
                : "; \"the end\" is step %s, the last one recorded"
                        .formatted(Figures.count(findings.structure().end().step()));
        return "%s, seed %d, %s%s"
                .formatted(findings.identity().experiment(), findings.identity().seed(), steps, recorded);
    }

    private static String corpus(Findings findings) {
        Findings.Corpus corpus = findings.corpus();
        boolean bytes = findings.configuration().corpus().isBytes();
        long rare = findings.configuration().corpus().dead().rare();
        String name =
                corpus.synthetic() ? "SYNTHETIC TEXT, not a book: the built-in corpus " + corpus.name() : corpus.name();
        int vocabulary = corpus.live() + corpus.dead();
        return "%s; %s%s, %s live and %s dead of %s token ids (%s dead)%s"
                .formatted(
                        name,
                        Figures.of(corpus.bytes(), bytes ? "byte" : "token"),
                        corpus.leftOut() == 0
                                ? ""
                                : " (%s left out)".formatted(Figures.of(corpus.leftOut(), "character")),
                        Figures.count(corpus.live()),
                        Figures.count(corpus.dead()),
                        Figures.count(vocabulary),
                        Figures.percent((double) corpus.dead() / vocabulary),
                        rare == 0
                                ? ""
                                : "; %s occur at most %s"
                                        .formatted(Figures.count(corpus.rare()), Figures.of(rare, "time")));
    }

    private static String model(Findings findings) {
        ModelConfig model = findings.configuration().model();
        return "GPT-2, %s, %s, width %s, context %s, %s head: %s parameters, %s of them embeddings"
                .formatted(
                        Figures.of(model.layers(), "layer"),
                        Figures.of(model.heads(), "attention head"),
                        Figures.count(model.width()),
                        Figures.count(model.context()),
                        model.tied() ? "tied" : "untied",
                        Figures.count(findings.parameters()),
                        Figures.count((long) model.vocabulary() * model.width()));
    }

    private static String training(TrainingConfig training) {
        String batch = training.accumulation() == 1
                ? "batch " + Figures.count(training.batch())
                : "%s micro-batches of %s"
                        .formatted(Figures.count(training.accumulation()), Figures.count(training.batch()));
        return "%s; learning rate %s, %s; weight decay %s; %s"
                .formatted(
                        training.optimizer().describe(training),
                        Settings.plain(training.learningRate()),
                        training.schedule().name(),
                        Settings.plain(training.weightDecay()),
                        batch);
    }

    private static String start(Findings.Start start) {
        return "%s, %s"
                .formatted(
                        start.mode().name(),
                        start.sigma() == 0
                                ? "no noise"
                                : "noise sigma " + Figures.scientific(start.sigma()) + " per component");
    }

    static List<Section> of(Findings findings) {
        List<Section> sections = new ArrayList<>();
        sections.add(hiddenDefaults(findings.configuration()));
        sections.add(recording(
                findings.course().recording(), findings.configuration().recording()));
        sections.add(provenance(findings));
        findings.sample()
                .ifPresent(text -> sections.add(Section.of("Text generated by the trained model", new Verbatim(text))));
        sections.add(words());
        return sections;
    }

    private static Section hiddenDefaults(ExperimentConfig config) {
        List<List<String>> rows = UnstatedDefault.of(config).stream()
                .map(d -> List.of(d.setting(), d.value(), d.effect()))
                .toList();
        return Section.of(
                "Settings that affect every figure and that the notebooks do not state",
                new Table(List.of("setting", "value", "effect"), rows, Table.Kind.TEXT));
    }

    private static Section recording(RecordingFacts recording, RecordingConfig config) {
        List<List<String>> rows = recording.tensors().stream()
                .map(t -> List.of(t.name(), t.dtype(), shape(t)))
                .toList();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("files", files(recording, config)),
                new Fact(
                        "size",
                        "%s (%s)".formatted(Figures.bytes(recording.bytes()), Figures.of(recording.bytes(), "byte"))),
                new Fact("recorded states", states(recording.rows(), config))));
        if (!config.holdsEmbeddings()) {
            facts.add(new Fact(
                    "W in this report",
                    "from the start and the last checkpoint only, since the recording does not hold W of every "
                            + "token; only figures of when tokens stop and leave come from the recorded rows"));
        }
        return Section.of(
                "Recording", new Facts(facts), new Table(List.of("tensor", "type", "shape"), rows, Table.Kind.TEXT));
    }

    private static String files(RecordingFacts recording, RecordingConfig config) {
        return switch (config.layout()) {
            case STREAM -> "recording.safetensors";
            case PER_STEP ->
                "%s, steps/%s to steps/%s"
                        .formatted(
                                Figures.count(recording.files()),
                                RunDirectory.stepFile(0),
                                RunDirectory.stepFile(config.step(recording.rows() - 1)));
        };
    }

    private static String states(int rows, RecordingConfig config) {
        String steps = rows == 1
                ? "step 0 (the start)"
                : "step 0 (the start) to step %s".formatted(Figures.count(config.step(rows - 1)));
        return "%s: %s%s%s%s"
                .formatted(
                        Figures.count(rows),
                        steps,
                        config.steps().isGapless() ? "" : ", " + config.steps().inWords(),
                        config.tokens().isAll() ? "" : ", tokens " + config.tokens(),
                        config.instant() == RecordingConfig.Instant.AFTER ? "" : ", each before the next update");
    }

    private static String shape(TensorFact tensor) {
        return Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static Section provenance(Findings findings) {
        Findings.Provenance p = findings.provenance();
        return Section.of(
                "Provenance",
                Facts.of(
                        new Fact(
                                "training",
                                "%s s, %s steps per second"
                                        .formatted(
                                                Figures.decimals(
                                                        1,
                                                        findings.course()
                                                                .throughput()
                                                                .seconds()),
                                                Figures.decimals(
                                                        1,
                                                        findings.course()
                                                                .throughput()
                                                                .stepsPerSecond()))),
                        new Fact("started", p.started()),
                        new Fact("program", "%s, arithmetic %d".formatted(p.program(), p.arithmetic())),
                        new Fact("kernels", "%s, %s".formatted(p.kernels(), Figures.of(p.threads(), "thread"))),
                        new Fact("java", p.java()),
                        new Fact("system", p.system()),
                        new Fact("SHA-256 of the corpus", findings.corpus().sha256()),
                        new Fact("dead token ids", deadIds(findings.corpus()))));
    }

    /** Those of the 128 bytes as a whole; of a large vocabulary, thousands may be scattered. */
    private static String deadIds(Findings.Corpus corpus) {
        String ids = Figures.ids(corpus.deadIds(), TokenNames.RUNS, "; report.json has all, as corpus.dead_ids");
        return corpus.dead() == 0 ? ids : "%s: %s".formatted(Figures.count(corpus.dead()), ids);
    }

    private static Section words() {
        return Section.of(
                "Glossary",
                Facts.of(
                        new Fact("dead token", "an id that does not occur in the corpus; all others are live"),
                        new Fact(
                                "black hole",
                                "two or more rows of the embedding matrix W that are equal bit for bit (-0 is not +0)"),
                        new Fact("singleton", "a row equal to no other of the group looked at"),
                        new Fact("distinct rows", "black holes and singletons together"),
                        new Fact("sigma", "standard deviation of the noise in the start, per component"),
                        new Fact("ULP", "spacing of the stored format at a value; differs from component to component"),
                        new Fact(
                                "cell",
                                "one step on the grid of stored values; two values 1 cell apart are neighbours; from "
                                        + "one side of zero to the other all tiny values count, tens of thousands of "
                                        + "cells"),
                        new Fact(
                                "epsilon",
                                "centroid norm x 2^-7, the notebooks' own scale; much wider than a component's ULP"),
                        new Fact("L-infinity", "largest difference of two rows in any component")),
                new Paragraph("All figures of this run are computed in double precision from the stored values."));
    }
}
