package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.lilgatsby.files.JsonFile;
import org.lilgatsby.files.Text;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * New numbers for the ids of a tokenizer, such as GPT-2's by frequency, and one number for all ids that have none of
 * their own. Immutable.
 */
public final class Renumbering {
    /** The suffix of the member that maps a tokenizer's ids to the new ones. */
    private static final String MAP_SUFFIX = "_to_compact";

    private static final int NONE = -1;
    private static final int MOST_IDS = 1 << 19;
    private static final long MAX_BYTES = 1 << 26;

    private final SortedMap<Integer, Integer> ids; // by the new number that is theirs alone
    private final PairTable numbers; // of pairs (0, id)
    private final int other; // NONE if every id must have its own
    private final int vocabulary;

    private Renumbering(SortedMap<Integer, Integer> ids, int other, int vocabulary) {
        this.ids = ids;
        this.numbers = new PairTable(ids.size());
        this.other = other;
        this.vocabulary = vocabulary;
        ids.forEach((number, id) -> numbers.put(PairTable.pair(0, id), number));
    }

    /**
     * The ids that occur most often, in the order of how often they do, ties by id; all others share a number.
     *
     * @param counts occurrences of each id
     * @param kept ids that get a number of their own, which are 0 to {@code kept} - 1; those that never occur get none
     * @param other the number of all other ids
     * @throws IllegalArgumentException if there are more ids than an index of 2^19, or {@code other} is negative
     */
    public static Renumbering byFrequency(long[] counts, int kept, int other) {
        if (counts.length > MOST_IDS || other < 0 || kept < 1) {
            throw new IllegalArgumentException("%d ids of at most %d, %d kept, number %d for all others"
                    .formatted(counts.length, MOST_IDS, kept, other));
        }
        List<Integer> order = IntStream.range(0, counts.length)
                .filter(id -> counts[id] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(id -> counts[id]).reversed())
                .limit(kept)
                .toList();
        SortedMap<Integer, Integer> ids = new TreeMap<>();
        for (int number = 0; number < order.size(); number++) {
            ids.put(number, order.get(number));
        }
        return new Renumbering(ids, other, Math.max(order.size(), other + 1));
    }

    /**
     * Reads a table: JSON with a member that ends in {@code _to_compact}, an object from id to new id; {@code unk_id},
     * the new id of all others; {@code total_vocab}, the number of new ids. What else there is has no effect.
     *
     * @throws TokenizerException if the file is invalid
     */
    public static Renumbering read(Path file) throws IOException {
        return JsonFile.read(file, MAX_BYTES, TokenizerException::new, Renumbering::read);
    }

    /** Reads the text of a table; {@code name} is what messages call it. */
    static Renumbering parse(String json, Path name) throws IOException {
        return JsonFile.parse(json, name, TokenizerException::new, Renumbering::read);
    }

    private static Renumbering read(JsonFile json) throws IOException {
        SortedMap<Integer, Integer> ids = new TreeMap<>();
        Set<Integer> known = new HashSet<>();
        List<String> maps = new ArrayList<>();
        OptionalInt[] single = {OptionalInt.empty(), OptionalInt.empty()};
        json.object("the table", key -> {
            if (key.endsWith(MAP_SUFFIX)) {
                maps.add(key);
                json.object(key, id -> addNumber(json, id, ids, known));
            } else if (key.equals("unk_id")) {
                single[0] = json.isNull() ? OptionalInt.empty() : OptionalInt.of(json.natural(key));
            } else if (key.equals("total_vocab")) {
                single[1] = OptionalInt.of(json.natural(key));
            } else {
                json.skip();
            }
        });
        if (maps.size() != 1 || ids.isEmpty()) {
            throw json.fault(
                    "%d members end in %s; exactly one is needed, with ids".formatted(maps.size(), MAP_SUFFIX));
        }
        int largest = Math.max(ids.lastKey(), single[0].orElse(0));
        int vocabulary = single[1].orElse(largest + 1);
        if (vocabulary > MOST_IDS) {
            throw json.fault("total_vocab is %d; at most %d is possible".formatted(vocabulary, MOST_IDS));
        }
        if (largest >= vocabulary) {
            throw json.fault("new id %d is outside total_vocab, %d".formatted(largest, vocabulary));
        }
        return new Renumbering(ids, single[0].orElse(NONE), vocabulary);
    }

    private static void addNumber(JsonFile json, String key, SortedMap<Integer, Integer> ids, Set<Integer> known)
            throws IOException {
        int id;
        try {
            id = key.length() <= 7 && key.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(key) : NONE;
        } catch (NumberFormatException e) {
            id = NONE;
        }
        if (id < 0 || id >= MOST_IDS) {
            throw json.fault("id %s is not a whole number in [0, %d)".formatted(Text.quote(key), MOST_IDS));
        }
        int number = json.natural("the new id of " + id);
        if (number >= MOST_IDS) {
            throw json.fault("the new id of %d is %d, not below %d".formatted(id, number, MOST_IDS));
        }
        Integer twin = ids.putIfAbsent(number, id);
        if (twin != null) {
            throw json.fault("ids %d and %d have the same new id, %d".formatted(twin, id, number));
        }
        if (!known.add(id)) {
            throw json.fault("id %d has two new ids".formatted(id));
        }
    }

    /** Number of new ids, those that no id becomes included. */
    public int vocabulary() {
        return vocabulary;
    }

    /** The number of ids that have none of their own; empty if every id must have its own. */
    public OptionalInt other() {
        return other == NONE ? OptionalInt.empty() : OptionalInt.of(other);
    }

    /**
     * The new number of an id.
     *
     * @throws IllegalArgumentException if it has none, and there is none for all others
     */
    public int of(int id) {
        int own = id >= 0 ? numbers.get(0, id) : NONE;
        int number = own == NONE ? other : own;
        if (number == NONE) {
            throw new IllegalArgumentException(
                    "id %d has no new id, and the table has no unk_id for such ids".formatted(id));
        }
        return number;
    }

    /** Replaces ids[from, from + count) by their new numbers; see {@link #of}. */
    public void apply(int[] ids, int from, int count) {
        for (int i = from; i < from + count; i++) {
            ids[i] = of(ids[i]);
        }
    }

    /** The id that has a new number for its own; -1 where there is none. */
    int original(int number) {
        return ids.getOrDefault(number, NONE);
    }

    /** For each new number the id that has it for its own; -1 where there is none. */
    public int[] originals() {
        int[] originals = new int[vocabulary];
        Arrays.fill(originals, NONE);
        ids.forEach((number, id) -> originals[number] = id);
        return originals;
    }

    /** The table as JSON, as {@link #read} takes it. */
    public String json() {
        ObjectNode table = JsonNodeFactory.instance.objectNode().put("total_vocab", vocabulary);
        if (other == NONE) {
            table.putNull("unk_id");
        } else {
            table.put("unk_id", other);
        }
        ObjectNode map = table.putObject("original" + MAP_SUFFIX);
        ids.forEach((number, id) -> map.put(Integer.toString(id), number));
        return table.toPrettyString().replace("\r\n", "\n") + "\n";
    }
}
