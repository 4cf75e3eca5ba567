package org.lilgatsby.explorer.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Black holes as bands over time. A band continues in the black hole that takes most of its tokens, unless another band
 * gives that one more; where bands split or join, links say which.
 *
 * @param bands those shown, by their first step
 * @param links each from bands to bands at a step
 * @param left number of bands that are not shown: the shortest of the smallest
 */
public record Genealogy(List<Band> bands, List<Link> links, int left) {
    /**
     * A black hole over time.
     *
     * @param from the first step
     * @param to the step up to which it lasts
     * @param populations each as a step, and the number of tokens from there on
     * @param tokens of it at its largest
     */
    public record Band(int id, int from, int to, List<int[]> populations, int[] tokens) {}

    /**
     * Tokens went from one band to another.
     *
     * @param tokens how many
     */
    public record Link(int step, int from, int to, int tokens) {}

    /** The genealogy of a course of groups, with at most so many bands. */
    static Genealogy of(GroupCourse course, int most) {
        Builder builder = new Builder();
        course.visit(builder::see);
        return builder.end(course.last(), most);
    }

    private static final class Growing {
        private final int id;
        private final int from;
        private int to;
        private final List<int[]> populations = new ArrayList<>();
        private List<Integer> largest = List.of();

        Growing(int id, int from) {
            this.id = id;
            this.from = from;
        }

        void hold(int step, List<Integer> members) {
            if (populations.isEmpty() || populations.getLast()[1] != members.size()) {
                populations.add(new int[] {step, members.size()});
            }
            if (members.size() > largest.size()) {
                largest = List.copyOf(members);
            }
        }

        /** Tokens times steps, by which bands are chosen. */
        double weight() {
            double weight = 0;
            for (int i = 0; i < populations.size(); i++) {
                int until = i + 1 < populations.size() ? populations.get(i + 1)[0] : to;
                weight += (double) populations.get(i)[1] * (until - populations.get(i)[0] + 1);
            }
            return weight;
        }

        Band band() {
            return new Band(
                    id,
                    from,
                    to,
                    List.copyOf(populations),
                    largest.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private static final class Builder {
        private final List<Growing> bands = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        /** The band of each token that is in a black hole. */
        private Map<Integer, Growing> bandOf = Map.of();

        void see(int step, int[] labels) {
            Map<Integer, List<Integer>> holes = holes(labels);
            Map<Integer, Map<Growing, Integer>> origins = new LinkedHashMap<>();
            holes.forEach((label, members) -> origins.put(label, origins(members)));
            Map<Integer, Growing> goesOn = heirs(origins);
            Map<Integer, Growing> next = new HashMap<>();
            Set<Growing> alive = new HashSet<>();
            holes.forEach((label, members) -> {
                Growing band = goesOn.get(label);
                if (band == null) {
                    band = new Growing(bands.size(), step);
                    bands.add(band);
                }
                band.hold(step, members);
                alive.add(band);
                for (int member : members) {
                    next.put(member, band);
                }
                for (Map.Entry<Growing, Integer> origin : origins.get(label).entrySet()) {
                    if (origin.getKey() != band) {
                        links.add(new Link(step, origin.getKey().id, band.id, origin.getValue()));
                    }
                }
            });
            for (Growing band : new HashSet<>(bandOf.values())) {
                if (!alive.contains(band)) {
                    band.to = step;
                }
            }
            bandOf = next;
        }

        private static Map<Integer, List<Integer>> holes(int[] labels) {
            Map<Integer, List<Integer>> groups = new TreeMap<>();
            for (int token = 0; token < labels.length; token++) {
                if (labels[token] >= 0) {
                    groups.computeIfAbsent(labels[token], _ -> new ArrayList<>())
                            .add(token);
                }
            }
            groups.values().removeIf(members -> members.size() < 2);
            return groups;
        }

        private Map<Growing, Integer> origins(List<Integer> members) {
            Map<Growing, Integer> counts = new LinkedHashMap<>();
            for (int member : members) {
                Growing band = bandOf.get(member);
                if (band != null) {
                    counts.merge(band, 1, Integer::sum);
                }
            }
            return counts;
        }

        /** For each black hole the band that continues in it: largest flows first, each band and black hole once. */
        private static Map<Integer, Growing> heirs(Map<Integer, Map<Growing, Integer>> origins) {
            record Flow(Growing band, int label, int tokens) {}
            List<Flow> flows = new ArrayList<>();
            origins.forEach(
                    (label, counts) -> counts.forEach((band, tokens) -> flows.add(new Flow(band, label, tokens))));
            flows.sort(Comparator.comparingInt(Flow::tokens)
                    .reversed()
                    .thenComparingInt(flow -> flow.band().id)
                    .thenComparingInt(Flow::label));
            Map<Integer, Growing> heirs = new HashMap<>();
            Set<Growing> gone = new HashSet<>();
            for (Flow flow : flows) {
                if (!gone.contains(flow.band()) && !heirs.containsKey(flow.label())) {
                    heirs.put(flow.label(), flow.band());
                    gone.add(flow.band());
                }
            }
            return heirs;
        }

        Genealogy end(int last, int most) {
            for (Growing band : new HashSet<>(bandOf.values())) {
                band.to = last;
            }
            Set<Integer> shown = new HashSet<>();
            bands.stream()
                    .sorted(Comparator.comparingDouble(Growing::weight)
                            .reversed()
                            .thenComparingInt(band -> band.id))
                    .limit(most)
                    .forEach(band -> shown.add(band.id));
            return new Genealogy(
                    bands.stream()
                            .filter(band -> shown.contains(band.id))
                            .map(Growing::band)
                            .toList(),
                    links.stream()
                            .filter(link -> shown.contains(link.from()) && shown.contains(link.to()))
                            .toList(),
                    bands.size() - shown.size());
        }
    }
}
