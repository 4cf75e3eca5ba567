package org.lilgatsby.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.tokenfile.TokenCensus;
import org.lilgatsby.tokenfile.TokenFile;
import org.lilgatsby.tokenfile.TokenShards;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Describes token ids in words and in JSON. */
final class TokensDescription {
    private static final int EXTREMES = 8;

    private TokensDescription() {}

    /** Ids and hash, without a line end. */
    static String inOneLine(TokenCensus census) {
        return String.format(
                Locale.ROOT,
                "%,d tokens, %,d live and %,d dead ids, hash %s",
                census.length(),
                census.live().length,
                census.dead().length,
                census.hash());
    }

    /**
     * A table for people.
     *
     * @param names of ids, escaped
     */
    static String toText(TokenShards files, TokenCensus census, IntFunction<String> names) {
        StringBuilder text = new StringBuilder();
        TokenFile first = files.files().getFirst();
        line(text, "files", "%,d, the first %s", files.files().size(), first.path());
        line(text, "format", "%s, %s", first.format(), first.type());
        line(text, "tokens", "%,d", census.length());
        line(text, "hash", "%s", census.hash());
        line(text, "live ids", "%,d of %,d", census.live().length, census.counts().length);
        line(text, "dead ids", "%,d of %,d", census.dead().length, census.counts().length);
        line(text, "most common", "%s", counts(mostCommon(census), census, names));
        line(text, "least common", "%s", counts(leastCommon(census), census, names));
        return text.toString();
    }

    /** The same for programs. */
    static ObjectNode toJson(String source, TokenCensus census) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("source", source);
        object.put("tokens", census.length());
        object.put("hash", census.hash());
        object.put("vocabulary", census.counts().length);
        object.put("live", census.live().length);
        ArrayNode dead = object.putArray("dead");
        IntStream.of(census.dead()).forEach(dead::add);
        put(object.putArray("most_common"), mostCommon(census), census);
        put(object.putArray("least_common"), leastCommon(census), census);
        return object;
    }

    private static List<Integer> mostCommon(TokenCensus census) {
        return live(
                census,
                Comparator.<Integer>comparingLong(id -> census.counts()[id]).reversed());
    }

    private static List<Integer> leastCommon(TokenCensus census) {
        return live(census, Comparator.comparingLong(id -> census.counts()[id]));
    }

    private static List<Integer> live(TokenCensus census, Comparator<Integer> order) {
        return IntStream.of(census.live()).boxed().sorted(order).limit(EXTREMES).toList();
    }

    private static String counts(List<Integer> ids, TokenCensus census, IntFunction<String> names) {
        return ids.stream()
                .map(id -> String.format(Locale.ROOT, "%s %,d", names.apply(id), census.counts()[id]))
                .collect(Collectors.joining("  "));
    }

    private static void put(ArrayNode array, List<Integer> ids, TokenCensus census) {
        ids.forEach(id -> array.addObject().put("id", id).put("count", census.counts()[id]));
    }

    private static void line(StringBuilder text, String label, String value, Object... figures) {
        text.append(String.format(Locale.ROOT, "%-14s%s\n", label, String.format(Locale.ROOT, value, figures)));
    }
}
