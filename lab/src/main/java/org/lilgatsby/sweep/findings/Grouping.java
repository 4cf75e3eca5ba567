package org.lilgatsby.sweep.findings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.RunTable.State;
import org.lilgatsby.sweep.Sample.Role;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.Pair;
import org.lilgatsby.sweep.findings.SweepFindings.Varied;

/**
 * The groups of a sweep's runs, and which of them are compared.
 *
 * @param groups in the order of their first points
 * @param cells the done runs of each
 * @param pairs the groups that are compared
 * @param partners for each pair, the runs of the first group that have a partner in the second, and those partners
 */
record Grouping(List<Group> groups, List<Cell> cells, List<Pair> pairs, List<Partners> partners) {
    /** With more groups than this, only the first is compared with others. */
    static final int ALL_PAIRS = 12;

    /** The most pairs: those of {@link #ALL_PAIRS} groups. */
    static final int MOST_PAIRS = ALL_PAIRS * (ALL_PAIRS - 1) / 2;

    /**
     * Runs that differ only in the compared settings and what these determine; equally many of both groups, pair by
     * pair.
     */
    record Partners(int[] first, int[] second) {}

    static Grouping of(List<String> compared, List<Varied> varied, List<RunTable.Row> rows) {
        SequencedMap<SequencedMap<String, String>, List<Integer>> runs = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            for (String key : compared) {
                settings.put(key, rows.get(i).point().settings().get(key));
            }
            runs.computeIfAbsent(settings, _ -> new ArrayList<>()).add(i);
        }
        List<Group> groups = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        Map<String, String> names = names(compared, varied);
        runs.forEach((settings, places) -> {
            List<Integer> done = places.stream()
                    .filter(i -> rows.get(i).state() == State.DONE)
                    .toList();
            Set<Long> seeds = new LinkedHashSet<>();
            done.forEach(i -> seeds.add(rows.get(i).point().config().seed()));
            cells.add(Cell.of(done));
            groups.add(new Group(
                    name(settings, names),
                    settings,
                    places.size(),
                    done.size(),
                    List.copyOf(seeds),
                    List.copyOf(places)));
        });
        Set<String> differing = new LinkedHashSet<>(compared);
        differing.addAll(determined(compared, varied, groups, rows));
        List<Pair> pairs = new ArrayList<>();
        List<Partners> partners = new ArrayList<>();
        for (int[] pair : pairs(groups.size())) {
            Partners shared = partners(cells.get(pair[0]), cells.get(pair[1]), differing, rows);
            pairs.add(new Pair(pair[0], pair[1], shared.first().length));
            partners.add(shared);
        }
        return new Grouping(List.copyOf(groups), List.copyOf(cells), List.copyOf(pairs), List.copyOf(partners));
    }

    /** Settings that vary together with a compared one and have one value in each group. */
    private static List<String> determined(
            List<String> compared, List<Varied> varied, List<Group> groups, List<RunTable.Row> rows) {
        return varied.stream()
                .filter(setting -> setting.together().stream().anyMatch(compared::contains))
                .map(Varied::setting)
                .filter(key -> groups.stream()
                        .allMatch(group -> group.runs().stream()
                                        .map(i -> rows.get(i).point().settings().get(key))
                                        .distinct()
                                        .count()
                                == 1))
                .toList();
    }

    /** What stands before a setting's values in a group's name: nothing if a value says enough by itself. */
    private static Map<String, String> names(List<String> compared, List<Varied> varied) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String key : compared) {
            boolean numeric =
                    varied.stream().anyMatch(setting -> setting.setting().equals(key) && setting.numeric());
            boolean alone = compared.size() == 1 && !numeric;
            String last = key.substring(key.lastIndexOf('.') + 1);
            boolean shared = compared.stream()
                            .filter(other -> other.equals(last) || other.endsWith("." + last))
                            .count()
                    > 1;
            names.put(key, alone ? "" : (shared ? key : last) + " ");
        }
        return names;
    }

    private static String name(Map<String, String> settings, Map<String, String> names) {
        return settings.isEmpty()
                ? "all runs"
                : settings.entrySet().stream()
                        .map(setting -> names.get(setting.getKey()) + setting.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static List<int[]> pairs(int groups) {
        List<int[]> pairs = new ArrayList<>();
        int firsts = groups > ALL_PAIRS ? 1 : groups;
        for (int a = 0; a < firsts; a++) {
            for (int b = a + 1; b < groups && pairs.size() < MOST_PAIRS; b++) {
                pairs.add(new int[] {a, b});
            }
        }
        return pairs;
    }

    /** Runs without a setting that is not compared have no partner: each would be a group's only run. */
    private static Partners partners(Cell first, Cell second, Set<String> differing, List<RunTable.Row> rows) {
        Map<Map<String, String>, Integer> others = new LinkedHashMap<>();
        for (int i = 0; i < second.size(); i++) {
            others.put(rest(rows.get(second.run(i)), differing), second.run(i));
        }
        List<Integer> a = new ArrayList<>();
        List<Integer> b = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Map<String, String> rest = rest(rows.get(first.run(i)), differing);
            if (!rest.isEmpty() && others.containsKey(rest)) {
                a.add(first.run(i));
                b.add(others.get(rest));
            }
        }
        return new Partners(
                a.stream().mapToInt(Integer::intValue).toArray(),
                b.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Map<String, String> rest(RunTable.Row row, Set<String> differing) {
        Map<String, String> rest = new LinkedHashMap<>(row.point().settings());
        rest.keySet().removeAll(differing);
        return rest;
    }

    /** In which places of a comparison a group appears. */
    Role role(int group) {
        return Role.of(
                pairs.stream().anyMatch(pair -> pair.first() == group),
                pairs.stream().anyMatch(pair -> pair.second() == group));
    }

    /** Whether some pairs of groups are not compared. */
    boolean leavesPairsOut() {
        return pairs.size() < groups.size() * (groups.size() - 1L) / 2;
    }
}
