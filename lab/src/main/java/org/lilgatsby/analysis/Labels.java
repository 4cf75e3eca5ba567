package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which rows of a frame are equal bit for bit: each row is labelled with the smallest row equal to it. */
final class Labels {
    private final int[] label;
    private final int[] company;
    private final int[] table;

    /** Whether two rows are equal. */
    private interface Equality {
        boolean same(int a, int b);
    }

    Labels(int rows) {
        label = new int[rows];
        company = new int[rows];
        table = new int[Integer.highestOneBit(rows) << 2]; // a row + 1, or 0 where free
    }

    /** Labels the rows of a frame. Rows are matched by hash and compared in full, so a collision changes nothing. */
    void update(HistoryState frame, int[] hashes) {
        update(hashes, frame::sameRow);
    }

    /** The same, given the labels of the previous place, which tell whether two unchanged rows are equal. */
    void update(HistoryState frame, int[] hashes, Labels before) {
        update(
                hashes,
                (a, b) -> frame.changed(a) || frame.changed(b)
                        ? frame.sameRow(a, b)
                        : before.label[a] == before.label[b]);
    }

    private void update(int[] hashes, Equality rows) {
        Arrays.fill(table, 0);
        int mask = table.length - 1;
        for (int row = 0; row < label.length; row++) {
            int hash = hashes[row];
            int slot = (hash ^ hash >>> 15) & mask;
            while (table[slot] != 0 && !(hashes[table[slot] - 1] == hash && rows.same(table[slot] - 1, row))) {
                slot = slot + 1 & mask;
            }
            if (table[slot] == 0) {
                table[slot] = row + 1;
            }
            label[row] = table[slot] - 1;
        }
    }

    /** The label of a row. */
    int of(int row) {
        return label[row];
    }

    /** Whether any row is labelled differently than in the other. */
    boolean differ(Labels other) {
        return !Arrays.equals(label, other.label);
    }

    /** Takes the labels of the other. */
    void copy(Labels other) {
        System.arraycopy(other.label, 0, label, 0, label.length);
    }

    /** Adds an event for each group of the given tokens that is a single group here and several in the other. */
    void addSplits(Labels other, Tokens tokens, int step, GroupEvent.Kind kind, List<GroupEvent> events) {
        Arrays.fill(company, -1);
        Map<Integer, List<Integer>> split = new LinkedHashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            int id = tokens.id(i);
            if (company[label[id]] < 0) {
                company[label[id]] = other.label[id];
            } else if (company[label[id]] != other.label[id]) {
                split.put(label[id], new ArrayList<>());
            }
        }
        if (split.isEmpty()) {
            return;
        }
        for (int i = 0; i < tokens.size(); i++) {
            List<Integer> members = split.get(label[tokens.id(i)]);
            if (members != null) {
                members.add(tokens.id(i));
            }
        }
        for (List<Integer> members : split.values()) {
            Map<Integer, List<Integer>> parts = new LinkedHashMap<>();
            members.forEach(id -> parts.computeIfAbsent(other.label[id], l -> new ArrayList<>())
                    .add(id));
            events.add(new GroupEvent(
                    step,
                    kind,
                    Tokens.of(members),
                    parts.values().stream().map(Tokens::of).toList()));
        }
    }
}
