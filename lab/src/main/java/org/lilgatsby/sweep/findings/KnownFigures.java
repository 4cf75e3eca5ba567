package org.lilgatsby.sweep.findings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.lilgatsby.sweep.findings.Figure.Kind;

/** What is known of figures by their names: which a reader wants first, and plain words for them. */
public final class KnownFigures {
    /** Begins the name of a figure that only one experiment asks for. */
    static final String PARTICULAR = "particulars.";

    /** Before the particulars of an experiment, in this order. */
    private static final List<String> HEADLINES = List.of(
            "final.dead.distinct",
            "final.dead.black_holes",
            "final.dead.tokens_in_black_holes",
            "final.dead.largest",
            "topology.linf.max",
            "centroid.displacement",
            "last_loss");

    /** The most particulars among the headlines. */
    private static final int MOST_PARTICULARS = 8;

    private static final Map<String, String> STATES =
            Map.of("initial", " at the start", "final", " at the end", "rest", "");

    private static final Map<String, String> OF_TOKENS = Map.of("all", "all", "live", "live", "dead", "dead");

    /** Figures of a group of tokens, at a state or over the steps; the tokens are filled in. */
    private static final Map<String, String> GROUP = Map.ofEntries(
            Map.entry("tokens", "number of %s tokens"),
            Map.entry("distinct", "distinct rows of %s tokens"),
            Map.entry("black_holes", "black holes of %s tokens"),
            Map.entry("tokens_in_black_holes", "%s tokens in black holes"),
            Map.entry("singletons", "singletons among %s tokens"),
            Map.entry("largest", "largest black hole of %s tokens"),
            Map.entry("concentration", "concentration of %s tokens"),
            Map.entry("centroid_norm", "L2 norm of the centroid of %s tokens"),
            Map.entry("radius", "radius of the cloud of %s tokens (L2)"),
            Map.entry("resting_share", "share of %s tokens that take no step in the last tenth of the run"),
            Map.entry("median_leap", "median last step with L2 above the root of the width, in cells, of %s tokens"),
            Map.entry("median_crawl", "median last step with L-infinity above a cell of %s tokens"),
            Map.entry("median_end", "median last motion of %s tokens"),
            Map.entry("first_tenth", "step by which one in ten of %s tokens has stopped"),
            Map.entry("last_tenth", "step by which nine in ten of %s tokens have stopped"),
            Map.entry("last", "last motion among %s tokens"),
            Map.entry("onset", "step from which more than 90 %% of %s tokens stand still at the same time"),
            Map.entry("still_from", "step from which %s tokens no longer move"),
            Map.entry("norms.min", "smallest L2 norm of %s tokens"),
            Map.entry("norms.mean", "mean L2 norm of %s tokens"),
            Map.entry("norms.max", "largest L2 norm of %s tokens"));

    private static final Map<String, String> OVER_STEPS = Map.of(
            "moved", "%s tokens that moved since the recorded step before",
            "mean_step_l2", "mean L2 length of a step of %s tokens",
            "max_step_l2", "largest L2 length of a step of %s tokens",
            "max_step_linf", "largest L-infinity length of a step of %s tokens",
            "centroid_displacement", "displacement of the centroid of %s tokens (L2)");

    private static final Map<String, String> SINGLE = single();

    /** Units by the last part of a name. */
    private static final Map<String, String> UNITS =
            Map.of("first_loss", "nats", "last_loss", "nats", "loss", "nats", "largest", "tokens");

    private KnownFigures() {}

    private static Map<String, String> single() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("first_loss", "loss of step 1");
        labels.put("last_loss", "loss of the last step");
        labels.put("all.loss", "loss");
        labels.put("topology.linf.min", "smallest L-infinity distance of two distinct dead rows at the end");
        labels.put("topology.linf.mean", "mean L-infinity distance of two distinct dead rows at the end");
        labels.put("topology.linf.max", "largest L-infinity distance of two distinct dead rows at the end");
        labels.put(
                "topology.linf_ulp",
                "largest L-infinity distance of two distinct dead rows at the end, in ULP of its component");
        labels.put("topology.density", "density of the graph of dead rows within 2 epsilon at the end");
        labels.put("topology.components", "connected components of the graph of dead rows within 2 epsilon at the end");
        labels.put(
                "topology.largest_component",
                "nodes of the largest component of the graph of dead rows within 2 epsilon");
        labels.put("centroid.initial_norm", "L2 norm of the centroid of all rows at the start");
        labels.put("centroid.final_norm", "L2 norm of the centroid of all rows at the end");
        labels.put("centroid.displacement", "displacement of the centroid of all rows (L2)");
        labels.put("centroid.live", "displacement of the centroid of the live rows (L2)");
        labels.put("centroid.dead", "displacement of the centroid of the dead rows (L2)");
        labels.put("start.sigma", "standard deviation of the noise at the start");
        labels.put("start.centroid_shift", "shift of the centroid by rounding (L2)");
        labels.put("particulars.linf_over_epsilon", "largest L-infinity distance of two dead rows over epsilon");
        labels.put("particulars.largest_share", "share of the largest among the dead tokens in black holes");
        labels.put("particulars.concentration", "concentration of the dead tokens in black holes");
        labels.put("particulars.dead_over_live", "mean gradient norm of dead over that of live tokens, first update");
        labels.put("particulars.expansion", "radius of the cloud of all rows, end over start");
        labels.put("particulars.dead.largest_move", "largest move of a dead row from its start (L2)");
        labels.put("particulars.dead.largest_gap", "largest L2 distance of two dead rows at the end");
        labels.put("particulars.dead.first_step_apart", "first step at which two dead rows differ");
        labels.put("particulars.dead.last_motion", "last step at which a dead row moved");
        labels.put("particulars.dead.escaped", "live rows at the end that equal no dead row");
        labels.put("particulars.walk.path_length", "path of the centroid of all rows (L2)");
        labels.put("particulars.walk.efficiency", "displacement of the centroid over its path");
        labels.put("particulars.walk.diffusion", "displacement of the centroid squared over its squared steps");
        labels.put("particulars.geometry.linf.max", "largest L-infinity distance of two dead rows");
        labels.put("particulars.geometry.linf_over_sigma", "largest L-infinity distance of two dead rows over sigma");
        return labels;
    }

    /** Those of some names that a reader wants first, in this order. */
    static List<String> headlines(Set<String> names) {
        List<String> known = HEADLINES.stream().filter(names::contains).toList();
        List<String> particular = names.stream()
                .filter(name -> name.startsWith(PARTICULAR) && SINGLE.containsKey(name))
                .limit(MOST_PARTICULARS)
                .toList();
        List<String> others = names.stream()
                .filter(name -> name.startsWith(PARTICULAR) && !SINGLE.containsKey(name))
                .limit(Math.max(0, MOST_PARTICULARS - particular.size()))
                .toList();
        return Stream.of(known, particular, others).flatMap(List::stream).toList();
    }

    /** The figure with this name. */
    static Figure figure(String name, Kind kind) {
        return new Figure(name, label(name), UNITS.getOrDefault(name.substring(name.lastIndexOf('.') + 1), ""), kind);
    }

    private static String label(String name) {
        if (SINGLE.containsKey(name)) {
            return SINGLE.get(name);
        }
        String[] parts = name.split("\\.", 3);
        if (parts.length == 3 && STATES.containsKey(parts[0]) && OF_TOKENS.containsKey(parts[1])) {
            String words = GROUP.get(parts[2]);
            return words == null ? name : words.formatted(parts[1]) + STATES.get(parts[0]);
        }
        if (parts.length == 2 && OF_TOKENS.containsKey(parts[0])) {
            String words = GROUP.getOrDefault(parts[1], OVER_STEPS.get(parts[1]));
            return words == null ? name : words.formatted(parts[0]);
        }
        return name;
    }
}
