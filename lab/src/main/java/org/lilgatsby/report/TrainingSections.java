package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Experiment;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.Findings.CentroidMotion;
import org.lilgatsby.experiment.Findings.NormAt;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.Published;
import org.lilgatsby.experiment.PublishedRun;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.training.LossWindow;

/** How the training went: loss, centroid, gradients, and a comparison with what was published. */
final class TrainingSections {
    private static final int LOSS_DECIMALS = 4;

    /** Number of steps in a table: the maximum number of logging intervals in the notebooks. */
    private static final int MOST_ROWS = 102;

    private TrainingSections() {}

    static List<Section> of(Findings findings) {
        List<Section> sections = new ArrayList<>();
        sections.add(course(findings));
        findings.course().gradients().ifPresent(g -> sections.add(gradients(g)));
        if (findings.verdict().changed().isEmpty()) {
            findings.published().ifPresent(p -> sections.add(published(findings, p)));
        } else {
            Experiment.concluding(findings.configuration())
                    .flatMap(Experiment::published)
                    .ifPresent(p -> sections.add(notCompared(findings, p)));
        }
        return sections;
    }

    private static Section course(Findings findings) {
        CentroidMotion centroid = findings.structure().centroid();
        List<Block> blocks = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        if (findings.identity().completedSteps() > 0) {
            facts.add(new Fact(
                    "loss of the first step (nats)",
                    Figures.decimals(LOSS_DECIMALS, findings.course().firstLoss())));
            facts.add(new Fact(
                    "loss of the last step (nats)",
                    Figures.decimals(LOSS_DECIMALS, findings.course().lastLoss())));
        }
        facts.add(new Fact(
                "centroid norm at start and end (L2)",
                "%s and %s".formatted(Figures.number(centroid.initialNorm()), Figures.number(centroid.finalNorm()))));
        facts.add(new Fact(
                "displacement of the centroid (L2)",
                "all %s, live %s, dead %s"
                        .formatted(
                                Figures.number(centroid.displacement()),
                                Figures.number(centroid.live()),
                                Figures.number(centroid.dead()))));
        blocks.add(new Facts(facts));
        if (findings.course().loss().isEmpty()) {
            blocks.add(new Paragraph("No logging interval of %s was completed, so there is no mean loss."
                    .formatted(Figures.of(findings.configuration().training().logEvery(), "step"))));
        } else {
            TreeSet<Integer> steps = steps(findings.course().loss(), centroid.norms());
            blocks.add(courseTable(shown(steps), findings.course().loss(), centroid.norms()));
            if (steps.size() > MOST_ROWS) {
                blocks.add(new Paragraph("Of %s steps, %s are shown; all are in report.json."
                        .formatted(
                                Figures.count(steps.size()),
                                Figures.count(shown(steps).size()))));
            }
            blocks.add(new Paragraph(
                    "Each loss is the mean over the %s up to the step; centroid: L2 norm of the centroid of all rows."
                            .formatted(Figures.of(
                                    findings.configuration().training().logEvery(), "step"))));
        }
        return new Section("Loss and centroid over the run", blocks);
    }

    private static TreeSet<Integer> steps(List<LossWindow> loss, List<NormAt> norms) {
        TreeSet<Integer> steps = new TreeSet<>();
        loss.forEach(window -> steps.add(window.step()));
        norms.forEach(norm -> steps.add(norm.step()));
        return steps;
    }

    /** The first, the last, and evenly between them as many as a page holds. */
    private static List<Integer> shown(TreeSet<Integer> steps) {
        List<Integer> all = List.copyOf(steps);
        int stride = Math.ceilDiv(all.size() - 1, MOST_ROWS - 1);
        return IntStream.range(0, all.size())
                .filter(i -> i % Math.max(1, stride) == 0 || i == all.size() - 1)
                .mapToObj(all::get)
                .toList();
    }

    private static Table courseTable(List<Integer> steps, List<LossWindow> loss, List<NormAt> norms) {
        Map<Integer, Double> lossAt = lossByStep(loss);
        Map<Integer, Double> normAt = norms.stream().collect(Collectors.toMap(NormAt::step, NormAt::norm));
        List<List<String>> rows = steps.stream()
                .map(step -> List.of(
                        Figures.count(step),
                        Figures.decimals(LOSS_DECIMALS, lossAt.getOrDefault(step, Double.NaN)),
                        Figures.decimals(6, normAt.getOrDefault(step, Double.NaN))))
                .toList();
        return new Table(List.of("step", "loss (nats)", "centroid"), rows, Table.Kind.NUMBERS);
    }

    private static Map<Integer, Double> lossByStep(List<LossWindow> loss) {
        Map<Integer, Double> byStep = new TreeMap<>();
        loss.forEach(window -> byStep.put(window.step(), window.mean()));
        return byStep;
    }

    private static Section gradients(Findings.Gradients gradients) {
        List<List<String>> rows = new ArrayList<>();
        gradients.dead().ifPresent(r -> addGradients(rows, "dead", r));
        gradients.live().ifPresent(r -> addGradients(rows, "live", r));
        addGradients(rows, "all", gradients.all());
        return Section.of(
                "Gradients of the embedding rows, L2 norms before clipping",
                new Table(List.of("tokens", "step", "mean", "largest", "smallest"), rows, Table.Kind.NAMED_NUMBERS),
                new Facts(gradients.dead().stream()
                        .map(r -> new Fact(
                                "largest of any dead token",
                                "%s, token %d at step %s"
                                        .formatted(
                                                Figures.scientific(r.largest()),
                                                r.largestToken(),
                                                Figures.count(r.largestStep()))))
                        .toList()),
                new Paragraph(
                        "Row 0 of a recording is the state before any update and holds no gradient; the gradient of "
                                + "step t is the one that update t uses."));
    }

    private static void addGradients(List<List<String>> rows, String group, Received received) {
        String name = "%s (%s)".formatted(group, Figures.count(received.tokens()));
        rows.add(gradientRow(name, received.firstStep(), received.first()));
        if (received.lastStep() > received.firstStep()) {
            rows.add(gradientRow(name, received.lastStep(), received.last()));
        }
    }

    private static List<String> gradientRow(String group, int step, Findings.Range norms) {
        return List.of(
                group,
                Figures.count(step),
                Figures.scientific(norms.mean()),
                Figures.scientific(norms.max()),
                Figures.scientific(norms.min()));
    }

    private static Section published(Findings findings, Published published) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(comparability(findings, published)));
        List<List<String>> figures = published.figures().stream()
                .map(p -> {
                    double run = p.figure().of(findings);
                    return List.of(p.figure().label(), p.figure().text(run), p.text(), p.deviation(run));
                })
                .toList();
        blocks.add(
                new Table(List.of("figure", "this run", "published", "deviation"), figures, Table.Kind.NAMED_NUMBERS));
        loss(findings, published).ifPresent(blocks::add);
        if (findings.finished() && !published.deadPopulations().isEmpty()) {
            int[] populations = published.deadPopulations().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            blocks.add(Facts.of(
                    new Fact(
                            "dead populations, this run",
                            Figures.populations(
                                    findings.structure().end().dead().populations())),
                    new Fact("dead populations, published", Figures.populations(populations))));
        }
        return new Section("Compared with the published run, notebook " + published.notebook(), blocks);
    }

    private static Section notCompared(Findings findings, PublishedRun published) {
        return Section.of(
                "Not compared with the published run, notebook " + published.notebook(),
                new Paragraph("This run does not repeat the published one, so the published figures are not shown: "
                        + String.join("; ", findings.verdict().changed()) + "."));
    }

    private static String comparability(Findings findings, Published published) {
        String settings = published.departures().isEmpty()
                ? "Same settings and corpus as the published run."
                : "This run differs from the published one: " + String.join("; ", published.departures()) + ".";
        String end = findings.finished() ? "" : " It has not reached its end, so no figure of the end is compared.";
        return settings + end + " " + published.randomness();
    }

    private static Optional<Table> loss(Findings findings, Published published) {
        Map<Integer, Double> run = lossByStep(findings.course().loss());
        List<List<String>> rows = published.loss().stream()
                .filter(window -> run.containsKey(window.step()))
                .map(window -> List.of(
                        Figures.count(window.step()),
                        Figures.decimals(LOSS_DECIMALS, run.get(window.step())),
                        Figures.decimals(LOSS_DECIMALS, window.mean()),
                        Figures.signed(LOSS_DECIMALS, run.get(window.step()) - window.mean())))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        List.of("loss up to step", "this run (nats)", "published (nats)", "difference"),
                        rows,
                        Table.Kind.NUMBERS));
    }
}
