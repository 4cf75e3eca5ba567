package org.lilgatsby.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.config.ConfigDraft;
import org.lilgatsby.config.ConfigDraft.Value;
import org.lilgatsby.config.YamlNode;
import org.lilgatsby.settings.SettingException;

/**
 * Points that a grid leaves out: those whose values of some varied settings are all among the listed ones.
 *
 * @param conditions conditions that a point must all meet to be left out
 */
record Exclusion(List<Condition> conditions) {
    /**
     * One setting of an exclusion.
     *
     * @param where how messages call the place where it is given
     */
    record Condition(String where, String key, List<Value> values) {}

    /** The items of a list {@code exclude}. */
    static List<Exclusion> list(YamlNode node, String origin) {
        if (!(node instanceof YamlNode.Sequence list)) {
            throw new SettingException(
                    "exclude",
                    "%s line %d: exclude must be a list of settings with their values, such as [{seed: 42}], but is %s"
                            .formatted(origin, node.line(), node.describe()));
        }
        List<Exclusion> exclusions = new ArrayList<>();
        for (YamlNode item : list.items()) {
            SequencedMap<String, Value> settings = ConfigDraft.settings(item, origin, "an item of exclude");
            if (settings.isEmpty()) {
                throw new SettingException(
                        "exclude",
                        "%s line %d: exclude names no setting here, and would leave out every point"
                                .formatted(origin, item.line()));
            }
            List<Condition> conditions = new ArrayList<>();
            settings.forEach((key, value) -> {
                String where = value.where() + ", exclude";
                conditions.add(new Condition(where, key, AxisValues.of(where, key, AxisValues.items(value.node()))));
            });
            exclusions.add(new Exclusion(List.copyOf(conditions)));
        }
        return exclusions;
    }

    /**
     * The exclusion applied to the axes of a grid: which places of which axis meet each condition.
     *
     * @throws SettingException if it leaves nothing out: a setting does not vary, never has a value, or never has it
     *     where another one has that of its condition
     */
    Places on(List<Axis> axes) {
        List<Marks> marks =
                conditions.stream().map(condition -> marked(condition, axes)).toList();
        for (int a = 0; a < axes.size(); a++) {
            int axis = a;
            List<Marks> onIt =
                    marks.stream().filter(marked -> marked.axis() == axis).toList();
            IntStream places = IntStream.range(0, axes.get(a).values().size());
            if (places.noneMatch(place -> onIt.stream().allMatch(marked -> marked.met()[place]))) {
                throw apart(axes.get(a).keys());
            }
        }
        return new Places(marks);
    }

    /** Settings of one axis, each of which has a value of its condition somewhere, but never all at the same place. */
    private SettingException apart(List<String> together) {
        List<Condition> apart = conditions.stream()
                .filter(condition -> together.contains(condition.key()))
                .toList();
        return new SettingException(
                apart.getFirst().key(),
                "%s: %s never have these values at the same point; they vary together"
                        .formatted(
                                apart.getFirst().where(),
                                apart.stream().map(Condition::key).collect(Collectors.joining(" and "))));
    }

    /** @param marks for each condition, the number of its axis and which of its places meet it */
    record Places(List<Marks> marks) {
        /** Whether a point, given by its place on each axis, is left out. */
        boolean holds(int[] place) {
            return marks.stream().allMatch(marked -> marked.met()[place[marked.axis()]]);
        }
    }

    private record Marks(int axis, boolean[] met) {}

    private static Marks marked(Condition condition, List<Axis> axes) {
        for (int a = 0; a < axes.size(); a++) {
            int k = axes.get(a).keys().indexOf(condition.key());
            if (k >= 0) {
                return new Marks(a, met(condition, axes.get(a).values(), k));
            }
        }
        List<String> varied =
                axes.stream().flatMap(axis -> axis.keys().stream()).toList();
        throw new SettingException(
                condition.key(),
                "%s: %s is not varied; what varies: %s"
                        .formatted(condition.where(), condition.key(), String.join(", ", varied)));
    }

    private static boolean[] met(Condition condition, List<List<Value>> places, int k) {
        boolean[] met = new boolean[places.size()];
        for (Value value : condition.values()) {
            boolean found = false;
            for (int i = 0; i < met.length; i++) {
                boolean equal = AxisValues.areEqual(value, places.get(i).get(k));
                met[i] |= equal;
                found |= equal;
            }
            if (!found) {
                throw new SettingException(
                        condition.key(),
                        "%s: %s is never %s; it is %s"
                                .formatted(
                                        condition.where(),
                                        condition.key(),
                                        AxisValues.describe(value),
                                        places.stream()
                                                .limit(10)
                                                .map(values -> AxisValues.describe(values.get(k)))
                                                .collect(Collectors.joining(
                                                        ", ", "", places.size() > 10 ? ", ..." : ""))));
            }
        }
        return met;
    }
}
