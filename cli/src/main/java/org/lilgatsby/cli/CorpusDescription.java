package org.lilgatsby.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCensus;
import org.lilgatsby.corpus.CorpusCensus.TokenCount;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes a corpus in words and in JSON. */
final class CorpusDescription {
    private static final int EXTREMES = 8;

    private CorpusDescription() {}

    /** Bytes, ids and hash, without a line end. */
    static String inOneLine(Corpus corpus) {
        CorpusCensus census = corpus.census();
        return String.format(
                Locale.ROOT,
                "%,d bytes, %d live and %d dead ids, SHA-256 %s",
                corpus.length(),
                census.live().length,
                census.dead().length,
                corpus.sha256());
    }

    /** A table for people. */
    static String toText(Corpus corpus) {
        CorpusCensus census = corpus.census();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "corpus",
                corpus.isSynthetic() ? "synthetic: built in, without meaning, in place of a book" : corpus.source());
        line(text, "prepared as", corpus.name());
        line(text, "bytes", "%,d", corpus.length());
        line(text, "left out", "%,d characters", corpus.leftOut());
        line(text, "SHA-256", corpus.sha256());
        line(text, "live ids", "%d of %d: %s", census.live().length, census.vocabulary(), ranges(census.live()));
        line(text, "dead ids", "%d of %d: %s", census.dead().length, census.vocabulary(), ranges(census.dead()));
        line(text, "most common", counts(census.mostCommon(EXTREMES)));
        line(text, "least common", counts(census.leastCommon(EXTREMES)));
        return text.toString();
    }

    /** Puts all figures into {@code object}, and returns it. */
    static ObjectNode toJson(Corpus corpus, ObjectNode object) {
        CorpusCensus census = corpus.census();
        object.put("name", corpus.name());
        object.put("source", corpus.source());
        object.put("synthetic", corpus.isSynthetic());
        object.put("bytes", corpus.length());
        object.put("left_out", corpus.leftOut());
        object.put("sha256", corpus.sha256());
        object.put("vocabulary", census.vocabulary());
        put(object.putArray("live"), census.live());
        put(object.putArray("dead"), census.dead());
        put(object.putArray("most_common"), census.mostCommon(EXTREMES));
        put(object.putArray("least_common"), census.leastCommon(EXTREMES));
        return object;
    }

    private static void line(StringBuilder text, String label, String value, Object... figures) {
        String shown = figures.length == 0 ? value : String.format(Locale.ROOT, value, figures);
        text.append(String.format(Locale.ROOT, "%-14s%s\n", label, shown));
    }

    private static void put(ArrayNode array, int[] ids) {
        for (int id : ids) {
            array.add(id);
        }
    }

    private static void put(ArrayNode array, List<TokenCount> counts) {
        counts.forEach(each -> array.addObject().put("id", each.id()).put("count", each.count()));
    }

    private static String counts(List<TokenCount> counts) {
        return counts.stream()
                .map(each -> String.format(Locale.ROOT, "%s %,d", token(each.id()), each.count()))
                .collect(Collectors.joining("  "));
    }

    /** The quoted character of a printable ASCII id, otherwise the id. */
    private static String token(int id) {
        return switch (id) {
            case '\n' -> "newline";
            case ' ' -> "space";
            default -> id > ' ' && id < 127 ? "'" + Character.toString(id) + "'" : Integer.toString(id);
        };
    }

    /** Ascending ids, with consecutive ones combined, such as {@code 0-9 11-31}. */
    private static String ranges(int[] ids) {
        StringBuilder ranges = new StringBuilder();
        for (int first = 0, last; first < ids.length; first = last + 1) {
            last = first;
            while (last + 1 < ids.length && ids[last + 1] == ids[last] + 1) {
                last++;
            }
            ranges.append(first == 0 ? "" : " ").append(ids[first]);
            if (last > first) {
                ranges.append('-').append(ids[last]);
            }
        }
        return ranges.toString();
    }
}
