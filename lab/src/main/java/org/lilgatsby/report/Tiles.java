package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.Topology;

/** The few figures on a page's first screen. */
final class Tiles {
    private Tiles() {}

    static String of(Findings findings) {
        return facts(findings).stream()
                .map(fact -> "<li><span class=\"value\">%s</span> <span class=\"label\">%s</span></li>"
                        .formatted(HtmlText.escaped(fact.value()), HtmlText.escaped(fact.label())))
                .collect(Collectors.joining("\n", "<ul class=\"tiles\">", "</ul>"));
    }

    /** Those of the experiment's question, or of the structure of W if it has none; then the loss. */
    private static List<Fact> facts(Findings findings) {
        List<Fact> headlines = findings.conclusion().headlines();
        List<Fact> facts = new ArrayList<>(headlines.isEmpty() ? structure(findings) : headlines);
        if (!findings.course().loss().isEmpty()) {
            facts.add(new Fact(
                    "mean loss of the last logging interval (nats)",
                    Figures.decimals(4, findings.course().loss().getLast().mean())));
        }
        if (headlines.isEmpty()) {
            findings.course()
                    .gradients()
                    .flatMap(Findings.Gradients::dead)
                    .ifPresent(received -> facts.add(new Fact(
                            "mean gradient norm of dead tokens at step " + Figures.count(received.firstStep()),
                            Figures.scientific(received.first().mean()))));
        }
        return facts;
    }

    private static List<Fact> structure(Findings findings) {
        List<Fact> facts = new ArrayList<>();
        Group dead = findings.structure().end().dead();
        String end = findings.finished()
                ? "the end"
                : "step " + Figures.count(findings.structure().end().step());
        if (dead.tokens() > 0) {
            facts.add(new Fact(
                    "distinct among %s dead rows at %s; %s at the start"
                            .formatted(
                                    Figures.count(dead.tokens()),
                                    end,
                                    Figures.count(findings.structure()
                                            .initial()
                                            .dead()
                                            .distinct())),
                    Figures.count(dead.distinct())));
            facts.add(new Fact(
                    "dead tokens in %s".formatted(Figures.of(dead.blackHoles(), "black hole")),
                    Figures.count(dead.tokensInBlackHoles())));
        }
        findings.structure().topology().filter(t -> t.nodes() > 1).ifPresent(t -> facts.add(gap(t)));
        facts.add(new Fact(
                "L2 displacement of the centroid of all rows",
                Figures.number(findings.structure().centroid().displacement())));
        return facts;
    }

    private static Fact gap(Topology topology) {
        return new Fact(
                "largest L-infinity distance of two dead rows: %s true ULP there"
                        .formatted(Figures.ratio(topology.linfUlp())),
                Figures.scientific(topology.linf().max()));
    }
}
