package org.lilgatsby.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCensus;
import org.lilgatsby.corpus.CorpusCensus.TokenCount;
import org.lilgatsby.tokenizer.TokenTexts;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a corpus in words and in JSON.
 *
 * @param rare most occurrences of a rare id; 0 for none
 */
record CorpusDescription(Corpus corpus, long rare) {
    private static final int EXTREMES = 8;

    /** More ids are not listed for people. */
    private static final int LISTED = 300;

    private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999};

    /** Bytes, ids and hash, without a line end. */
    String inOneLine() {
        return String.format(
                Locale.ROOT,
                "%,d bytes, %d live and %d dead ids, SHA-256 %s",
                corpus.length(),
                corpus.live().length,
                corpus.dead().length,
                corpus.sha256());
    }

    /** A table for people. */
    String toText() {
        CorpusCensus census = corpus.census();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "corpus",
                corpus.isSynthetic() ? "synthetic: built in, without meaning, in place of a book" : corpus.source());
        line(text, "prepared as", corpus.name());
        line(text, isBytes() ? "bytes" : "tokens", "%,d", corpus.length());
        line(text, "left out", "%,d characters", corpus.leftOut());
        line(text, "SHA-256", corpus.sha256());
        ids(text, "live ids", corpus.live());
        ids(text, "dead ids", corpus.dead());
        if (corpus.phantom() > 0) {
            line(text, "phantom ids", "%,d, beyond those of the tokenizer", corpus.phantom());
        }
        if (rare > 0) {
            ids(text, "rare ids", census.rare(rare));
        }
        line(text, "most common", counts(census.mostCommon(EXTREMES)));
        line(text, "least common", counts(census.leastCommon(EXTREMES)));
        if (!isBytes()) {
            line(text, "coverage", coverage(census));
        }
        return text.toString();
    }

    /** Puts all figures into {@code object}, and returns it. */
    ObjectNode toJson(ObjectNode object) {
        CorpusCensus census = corpus.census();
        object.put("name", corpus.name());
        object.put("source", corpus.source());
        object.put("synthetic", corpus.isSynthetic());
        object.put(isBytes() ? "bytes" : "tokens", corpus.length());
        object.put("left_out", corpus.leftOut());
        object.put("sha256", corpus.sha256());
        object.put("vocabulary", census.vocabulary());
        put(object.putArray("live"), corpus.live());
        put(object.putArray("dead"), corpus.dead());
        if (!isBytes()) {
            object.put("phantom", corpus.phantom());
            ArrayNode counts = object.putArray("counts");
            LongStream.of(census.counts()).forEach(counts::add);
        }
        if (rare > 0) {
            put(object.putArray("rare"), census.rare(rare));
        }
        put(object.putArray("most_common"), census.mostCommon(EXTREMES));
        put(object.putArray("least_common"), census.leastCommon(EXTREMES));
        return object;
    }

    private boolean isBytes() {
        return corpus.texts() instanceof TokenTexts.Bytes;
    }

    private void ids(StringBuilder text, String label, int[] ids) {
        String listed = ids.length <= LISTED ? ": " + ranges(ids) : "";
        line(text, label, "%,d of %,d%s", ids.length, corpus.census().vocabulary(), listed);
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

    private String counts(List<TokenCount> counts) {
        return counts.stream()
                .map(each -> String.format(Locale.ROOT, "%s %,d", token(each.id()), each.count()))
                .collect(Collectors.joining("  "));
    }

    /** The quoted text of an id, the name of a space or a line break, otherwise the id. */
    private String token(int id) {
        if (isBytes() && (id == '\n' || id == ' ')) {
            return corpus.texts().name(id).orElseThrow();
        }
        return corpus.texts().name(id).map(name -> "'" + name + "'").orElse(Integer.toString(id));
    }

    /** How many of the most common ids make up which share of all tokens. */
    private static String coverage(CorpusCensus census) {
        long[] counts = LongStream.of(census.counts())
                .map(n -> -n)
                .sorted()
                .map(n -> -n)
                .toArray();
        long all = LongStream.of(counts).sum();
        StringBuilder text = new StringBuilder();
        int ids = 0;
        long covered = 0;
        for (double share : SHARES) {
            while (covered < share * all) {
                covered += counts[ids++];
            }
            text.append(text.isEmpty() ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%s %% by %,d ids", Double.toString(100 * share), ids));
        }
        return text.toString().replace(".0 %", " %");
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
