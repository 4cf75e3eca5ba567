package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Findings.Corpus;
import org.lilgatsby.experiment.Findings.Course;
import org.lilgatsby.experiment.Findings.Identity;
import org.lilgatsby.experiment.Findings.Provenance;
import org.lilgatsby.experiment.Findings.Structure;
import org.lilgatsby.experiment.Findings.Throughput;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.tokenizer.TokenTexts;

/** Assembles the findings of a run: what every run has, and what its experiment concludes. */
final class FindingsBuilder {
    private FindingsBuilder() {}

    static Findings of(RunData run) {
        Evidence evidence = new Evidence(run);
        ExperimentConfig config = run.config();
        Manifest manifest = run.manifest();
        Optional<Experiment> experiment = Experiment.concluding(config);
        Conclusion conclusion =
                experiment.map(e -> e.conclude(evidence).complete()).orElseGet(Conclusion::none);
        Optional<Published> published = conclusion.verdict().changed().isEmpty()
                ? experiment.flatMap(Experiment::published).map(p -> p.beside(config, manifest.corpus()))
                : Optional.empty();
        return new Findings(
                identity(evidence),
                corpus(
                        manifest.corpus(),
                        run.vocabulary().rare(config.corpus().dead().rare())),
                names(run),
                manifest.parameters(),
                evidence.start(),
                structure(evidence),
                course(evidence),
                conclusion,
                published,
                run.sample(),
                provenance(manifest),
                config);
    }

    static Findings.OnlyFigures figures(RunData run) {
        Evidence evidence = new Evidence(run);
        return new Findings.OnlyFigures(
                run.manifest().parameters(),
                evidence.start(),
                structure(evidence),
                course(evidence),
                Experiment.concluding(run.config())
                        .map(e -> e.conclude(evidence).particulars()));
    }

    private static Structure structure(Evidence evidence) {
        return new Structure(
                evidence.initial(), evidence.end(), evidence.topology(), evidence.quantization(), evidence.centroid());
    }

    private static Course course(Evidence evidence) {
        RunData run = evidence.run();
        Manifest manifest = run.manifest();
        return new Course(
                run.firstLoss(),
                run.lastLoss(),
                run.loss(),
                evidence.gradients(),
                new Throughput(manifest.stepsPerSecond(), manifest.seconds()),
                run.recording());
    }

    private static Identity identity(Evidence evidence) {
        ExperimentConfig config = evidence.config();
        return new Identity(
                Findings.SCHEMA,
                config.name(),
                config.title(),
                config.conclusion(),
                config.seed(),
                config.training().steps(),
                evidence.completedSteps(),
                evidence.status());
    }

    private static List<String> names(RunData run) {
        if (!(run.vocabulary().texts() instanceof TokenTexts.Named named)) {
            return List.of();
        }
        return IntStream.range(0, run.config().model().vocabulary())
                .mapToObj(id -> named.name(id).orElse(null))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Corpus corpus(Manifest.CorpusFacts corpus, int rare) {
        return new Corpus(
                corpus.name(),
                corpus.synthetic(),
                corpus.preparation(),
                corpus.bytes(),
                corpus.leftOut(),
                corpus.live().length,
                corpus.dead().length,
                rare,
                corpus.dead(),
                corpus.sha256());
    }

    private static Provenance provenance(Manifest manifest) {
        Manifest.Machine machine = manifest.machine();
        return new Provenance(
                manifest.program(),
                manifest.arithmetic(),
                machine.java(),
                machine.system(),
                machine.kernels(),
                machine.threads(),
                manifest.started().toString());
    }
}
