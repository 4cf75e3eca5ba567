package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lilgatsby.experiment.ExperimentFindings.DeadRowDistances;
import org.lilgatsby.experiment.ExperimentFindings.DeadTokens;
import org.lilgatsby.experiment.ExperimentFindings.EmbeddingEvolution;
import org.lilgatsby.experiment.ExperimentFindings.Float32Edition;
import org.lilgatsby.experiment.ExperimentFindings.Instrumented;
import org.lilgatsby.experiment.ExperimentFindings.Pairs;
import org.lilgatsby.experiment.ExperimentFindings.PrimordialSnowball;
import org.lilgatsby.experiment.ExperimentFindings.SupermassiveBlackHole;
import org.lilgatsby.experiment.ExperimentFindings.Together;
import org.lilgatsby.experiment.ExperimentFindings.Widest;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.State;
import org.lilgatsby.experiment.LargeModel;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.Block.Fact;
import org.lilgatsby.report.Block.Facts;
import org.lilgatsby.report.Block.Judgement;
import org.lilgatsby.report.Block.Table;

/** What only one of the five experiments asks. */
final class ExperimentSections {
    private ExperimentSections() {}

    static List<Section> of(Findings findings) {
        return findings.particulars()
                .map(particulars -> switch (particulars) {
                    case EmbeddingEvolution evolution -> of(findings, evolution);
                    case PrimordialSnowball snowball -> of(findings, snowball);
                    case Float32Edition float32 -> of(findings, float32);
                    case Instrumented instrumented -> of(findings, instrumented);
                    case SupermassiveBlackHole hole -> of(findings, hole);
                })
                .orElse(List.of());
    }

    private static List<Section> of(Findings findings, EmbeddingEvolution evolution) {
        List<Fact> facts = new ArrayList<>();
        evolution.dead().ifPresent(dead -> facts.addAll(dead(dead)));
        facts.add(new Fact(
                "RMS radius of all rows, start and end",
                "%s and %s"
                        .formatted(
                                Figures.number(findings.initial().all().radius()),
                                Figures.number(findings.end().all().radius()))));
        facts.add(new Fact(
                "expansion",
                Double.isFinite(evolution.expansion())
                        ? Figures.ratio(evolution.expansion()) + " times"
                        : "from a single point, so no factor"));
        evolution.walk().ifPresent(walk -> {
            facts.add(new Fact("path length of the centroid (L2)", Figures.number(walk.pathLength())));
            facts.add(new Fact("displacement over path length", Figures.decimals(4, walk.efficiency())));
            facts.add(new Fact(
                    "displacement squared over summed squared steps",
                    Figures.ratio(walk.diffusion())
                            + " (a random walk is near 1, a straight line the number of steps)"));
        });
        return List.of(
                Section.of("Where the dead tokens ended and how far the cloud expanded", new Facts(facts)),
                new Section(
                        "The other hypothesis",
                        evolution.hypotheses().stream()
                                .filter(verdict -> !verdict.equals(findings.verdict()))
                                .<Block>map(Judgement::new)
                                .toList()),
                Section.of(
                        "Snapshots",
                        Facts.of(
                                new Fact(
                                        "files",
                                        "%s of %s expected"
                                                .formatted(
                                                        Figures.count(evolution.files()),
                                                        Figures.count(evolution.expectedFiles()))),
                                new Fact(
                                        "first and last",
                                        "%s and %s"
                                                .formatted(
                                                        RunDirectory.stepFile(findings.initial()
                                                                .step()),
                                                        RunDirectory.stepFile(
                                                                findings.end().step()))))));
    }

    private static List<Fact> dead(DeadTokens dead) {
        return List.of(
                new Fact("largest move of a dead row from its start (L2)", Figures.number(dead.largestMove())),
                new Fact(
                        "largest move of one of its components",
                        Figures.cells(dead.largestMoveCells(), dead.largestMoveCellsOnOneSide())),
                new Fact("largest L2 distance of two dead rows at the end", Figures.number(dead.largestGap())),
                new Fact("live rows from the dead rows' centroid (L2)", StructureSections.range(dead.liveDistance())));
    }

    private static List<Section> of(Findings findings, PrimordialSnowball snowball) {
        List<Section> sections = new ArrayList<>();
        sections.add(Section.of(
                "What happened to the black holes",
                Facts.of(
                        new Fact("start, all tokens", blackHoles("C0", "P0", findings.initial())),
                        new Fact("end, all tokens", blackHoles("C", "P", findings.end())),
                        new Fact(
                                "in words",
                                "%s: %s"
                                        .formatted(
                                                snowball.development(),
                                                snowball.development().inWords())),
                        new Fact(
                                "displacement of the centroid (L2)",
                                Figures.number(findings.centroid().displacement())))));
        snowball.geometry().ifPresent(geometry -> sections.add(geometry(findings, geometry)));
        return sections;
    }

    private static String blackHoles(String count, String population, State state) {
        Group all = state.all();
        return "%s in %s, %s = %s, %s = %s"
                .formatted(
                        Figures.of(all.distinct(), "distinct row"),
                        Figures.of(all.tokens(), "token"),
                        count,
                        Figures.of(all.blackHoles(), "black hole"),
                        population,
                        Figures.of(all.tokensInBlackHoles(), "token"));
    }

    private static Section geometry(Findings findings, DeadRowDistances geometry) {
        double largest = geometry.linf().max();
        List<List<String>> rows = new ArrayList<>();
        rows.add(scale("sigma of the start (not an ULP)", geometry.sigma(), largest));
        geometry.widest().ifPresent(widest -> {
            rows.add(scale("true ULP where the distance is largest", widest.ulp(), largest));
            rows.add(scale("2 ULP there", 2 * widest.ulp(), largest));
        });
        rows.add(scale("true ULP, smallest of any component", geometry.ulp().min(), largest));
        rows.add(scale("true ULP, mean of all components", geometry.ulp().mean(), largest));
        rows.add(scale("true ULP, largest of any component", geometry.ulp().max(), largest));
        findings.topology().ifPresent(t -> rows.add(scale("epsilon = centroid norm x 2^-7", t.epsilon(), largest)));
        return Section.of(
                "How far the dead tokens are apart at the end, on every scale",
                Facts.of(
                        new Fact("L-infinity of all pairs of dead tokens", StructureSections.range(geometry.linf())),
                        new Fact(
                                "largest between",
                                geometry.widest()
                                        .map(ExperimentSections::widest)
                                        .orElse("all dead rows are equal")),
                        new Fact("the notebook's bound, 10 sigma", notebooksBound(geometry))),
                new Table(List.of("scale", "value", "largest L-infinity in it"), rows, Table.Kind.NAMED_NUMBERS));
    }

    /** The notebook compared with sigma and called it the ULP; its printed conclusion follows from that. */
    private static String notebooksBound(DeadRowDistances geometry) {
        if (Double.isNaN(geometry.linfOverSigma())) {
            return "sigma is 0, so it bounds nothing";
        }
        return geometry.linfOverSigma() < 10
                ? "kept: \"tight snowball\" in its words"
                : "broken: \"scattered widely\" in its words, since sigma is far below the ULP";
    }

    private static List<String> scale(String name, double value, double largest) {
        return List.of(
                name, Figures.scientific(value), value == 0 ? Figures.UNDEFINED : Figures.ratio(largest / value));
    }

    private static String widest(Widest widest) {
        return "tokens %d and %d, in component %d".formatted(widest.tokenA(), widest.tokenB(), widest.component());
    }

    private static List<Section> of(Findings findings, Float32Edition float32) {
        Group dead = findings.end().dead();
        int[] published =
                LargeModel.POPULATIONS.stream().mapToInt(Integer::intValue).toArray();
        double largestShare = (double) published[0] / LargeModel.tokensInBlackHoles();
        return List.of(Section.of(
                "Compared with the published structure of a large model (%s rows of %s)"
                        .formatted(Figures.count(LargeModel.VOCABULARY), Figures.count(LargeModel.WIDTH)),
                new Table(
                        List.of("figure", "dead tokens, this run", "large model"),
                        List.of(
                                List.of(
                                        "black holes",
                                        Figures.count(dead.blackHoles()),
                                        Figures.count(published.length)),
                                List.of(
                                        "tokens in them",
                                        Figures.count(dead.tokensInBlackHoles()),
                                        Figures.count(LargeModel.tokensInBlackHoles())),
                                List.of(
                                        "share of the largest among them",
                                        Figures.percent(float32.largestShare()),
                                        Figures.percent(largestShare)),
                                List.of(
                                        "concentration among them",
                                        Figures.decimals(4, float32.concentration()),
                                        Figures.decimals(4, LargeModel.concentration())),
                                List.of(
                                        "density at 2 epsilon",
                                        density(findings),
                                        Figures.decimals(6, LargeModel.DENSITY)),
                                List.of(
                                        "largest L-infinity in epsilon",
                                        Figures.ratio(float32.linfOverEpsilon()),
                                        "at most 2")),
                        Table.Kind.NAMED_NUMBERS),
                Facts.of(
                        new Fact("populations, dead tokens of this run", Figures.populations(dead.populations())),
                        new Fact("populations, large model", Figures.populations(published)))));
    }

    private static String density(Findings findings) {
        return findings.topology()
                .filter(t -> t.nodes() > 1)
                .map(t -> Figures.decimals(6, t.density()))
                .orElse(Figures.UNDEFINED);
    }

    private static List<Section> of(Findings findings, Instrumented instrumented) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("dead over live mean gradient, first step", Figures.ratio(instrumented.deadOverLive())));
        facts.add(new Fact(
                "what else moves a dead token",
                instrumented.weightDecay() == 0
                        ? "nothing: there is no weight decay"
                        : "weight decay %s".formatted(Figures.scientific(instrumented.weightDecay()))));
        return List.of(Section.of("Do dead tokens receive gradients?", new Facts(facts)));
    }

    private static List<Section> of(Findings findings, SupermassiveBlackHole hole) {
        List<Fact> facts = new ArrayList<>();
        hole.adam().ifPresent(adam -> {
            facts.add(new Fact("mean |momentum| at step " + adam.step(), Figures.scientific(adam.momentum())));
            facts.add(new Fact("mean variance at step " + adam.step(), Figures.scientific(adam.variance())));
        });
        facts.add(new Fact(
                "loss, first step to last (nats)",
                "%s to %s: falls by %s"
                        .formatted(
                                Figures.decimals(4, findings.firstLoss()),
                                Figures.decimals(4, findings.lastLoss()),
                                Figures.decimals(4, findings.firstLoss() - findings.lastLoss()))));
        hole.dead().ifPresent(dead -> facts.addAll(together(findings, dead)));
        return List.of(Section.of(
                "What left the black hole and what stayed",
                new Table(
                        List.of("pairwise L2 distance of all rows", "start", "end"),
                        List.of(
                                distances(
                                        "smallest",
                                        hole,
                                        p -> Figures.number(p.distance().min())),
                                distances(
                                        "mean",
                                        hole,
                                        p -> Figures.number(p.distance().mean())),
                                distances(
                                        "largest",
                                        hole,
                                        p -> Figures.number(p.distance().max())),
                                distances("pairs of equal rows", hole, p -> Figures.count(p.identical())),
                                distances("pairs", hole, p -> Figures.count(p.pairs()))),
                        Table.Kind.NAMED_NUMBERS),
                new Facts(facts)));
    }

    private static List<String> distances(String name, SupermassiveBlackHole hole, Function<Pairs, String> figure) {
        return List.of(name, figure.apply(hole.initialDistances()), figure.apply(hole.finalDistances()));
    }

    private static List<Fact> together(Findings findings, Together dead) {
        return List.of(
                new Fact(
                        "dead rows equal bit for bit at every recorded step",
                        dead.always() ? "yes" : "no, not at step %s".formatted(Figures.count(dead.firstStepApart()))),
                new Fact("last step at which a dead row moved", Figures.count(dead.lastMotion())),
                new Fact(
                        "live tokens that left the dead ones",
                        "%s of %s"
                                .formatted(
                                        Figures.count(dead.escaped()),
                                        Figures.count(findings.corpus().live()))));
    }
}
