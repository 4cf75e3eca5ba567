package org.lilgatsby.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import org.lilgatsby.settings.SettingException;

/**
 * Trains byte pair encoding: the most frequent pair of neighbours becomes a token, again and again; of pairs that are
 * equally frequent, the one of smaller ids. Ids are those of the special tokens, then the characters by code point,
 * then the merges in their order. The same merges as Hugging Face's {@code BpeTrainer} (0.23), whose bookkeeping this
 * follows; only the characters that {@code limit_alphabet} keeps among equally frequent ones are undefined there, and
 * the smaller code points here.
 */
public final class BpeTrainer {
    private static final Comparator<Candidate> MOST_FREQUENT_FIRST = (a, b) -> {
        int byCount = Long.compareUnsigned(b.count, a.count);
        int byPair = Long.compare(a.pair, b.pair);
        return byCount != 0 ? byCount : byPair != 0 ? byPair : Long.compare(a.number, b.number);
    };

    private final TrainingOptions options;
    private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
    private final List<String> tokens = new ArrayList<>();
    private final Map<Long, Bpe.Merge> merges = new LinkedHashMap<>();
    private final int[][] words;
    private final long[] wordCounts;
    private final Map<Long, Occurrences> pairs = new HashMap<>();
    private final List<Occurrences> changed = new ArrayList<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(MOST_FREQUENT_FIRST);
    private long candidates;

    /** How often a pair occurs, and the words in which it has begun to occur since it was last queued. */
    private static final class Occurrences {
        private final long pair;
        private long count;
        private int[] places = new int[2];
        private int size;

        Occurrences(long pair) {
            this.pair = pair;
        }

        /** Words come in ascending order between two queueings, or one by one; none is added twice in a row. */
        void addPlace(int word) {
            if (size > 0 && places[size - 1] == word) {
                return;
            }
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
            }
            places[size++] = word;
        }
    }

    private static final class Candidate {
        private final long pair;
        private final int[] places;
        private final long number;
        private long count;

        Candidate(long pair, long count, int[] places, long number) {
            this.pair = pair;
            this.count = count;
            this.places = places;
            this.number = number;
        }
    }

    private BpeTrainer(WordCounts counts, TrainingOptions options) {
        this.options = options;
        options.special().forEach(this::addToken);
        addAlphabet(counts);
        this.words = new int[counts.counts().size()][];
        this.wordCounts = new long[words.length];
        int word = 0;
        for (Map.Entry<String, long[]> entry : counts.counts().entrySet()) {
            words[word] = entry.getKey()
                    .codePoints()
                    .mapToObj(c -> vocabulary.get(Character.toString(c)))
                    .filter(id -> id != null)
                    .mapToInt(Integer::intValue)
                    .toArray();
            wordCounts[word++] = entry.getValue()[0];
        }
    }

    /**
     * Trains a tokenizer.
     *
     * @param progress is told how many ids there are
     * @throws SettingException if the vocabulary has no room for the special tokens and the characters
     */
    public static Tokenizer train(WordCounts counts, TrainingOptions options, IntConsumer progress) {
        BpeTrainer trainer = new BpeTrainer(counts, options);
        trainer.merge(progress);
        List<AddedToken> added = options.special().stream()
                .map(token -> AddedToken.special(trainer.vocabulary.get(token), token))
                .toList();
        return new Tokenizer(new Tokenizer.Parts(
                added,
                null,
                counts.recipe().preTokenizer(),
                null,
                counts.recipe().decoder(),
                new Bpe(trainer.vocabulary, List.copyOf(trainer.merges.values()), Bpe.Options.PLAIN)));
    }

    private int addToken(String token) {
        Integer known = vocabulary.putIfAbsent(token, tokens.size());
        if (known != null) {
            return known;
        }
        tokens.add(token);
        return tokens.size() - 1;
    }

    private void addAlphabet(WordCounts counts) {
        Map<Integer, Long> characters = new HashMap<>();
        counts.counts()
                .forEach((word, count) -> word.codePoints().forEach(c -> characters.merge(c, count[0], Long::sum)));
        (counts.recipe().alphabet() + options.alphabet()).codePoints().forEach(c -> characters.put(c, Long.MAX_VALUE));
        List<Integer> kept = new ArrayList<>(characters.keySet());
        if (options.alphabetLimit().isPresent() && options.alphabetLimit().getAsInt() < kept.size()) {
            kept.sort(Comparator.<Integer>comparingLong(characters::get)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()));
            kept = kept.subList(0, options.alphabetLimit().getAsInt());
        }
        kept.stream().sorted().forEach(c -> addToken(Character.toString(c)));
        if (tokens.size() > options.vocabulary()) {
            throw new SettingException(
                    "vocabulary",
                    ("vocabulary is %d, but the special tokens and characters alone are %d; set a larger one, or "
                                    + "limit_alphabet")
                            .formatted(options.vocabulary(), tokens.size()));
        }
    }

    private void merge(IntConsumer progress) {
        for (int word = 0; word < words.length; word++) {
            for (int i = 0; i + 1 < words[word].length; i++) {
                change(words[word][i], words[word][i + 1], 1, word);
            }
        }
        enqueueChanged();
        while (tokens.size() < options.vocabulary() && !queue.isEmpty()) {
            Candidate top = queue.poll();
            long count = pairs.get(top.pair).count;
            if (top.count != count) {
                top.count = count;
                queue.add(top);
                continue;
            }
            if (count == 0 || Long.compareUnsigned(options.minFrequency(), count) > 0) {
                return;
            }
            int left = (int) (top.pair >>> 32);
            int right = (int) top.pair;
            int token = addToken(tokens.get(left) + tokens.get(right));
            merges.remove(top.pair); // The later of two merges of a pair counts.
            merges.put(top.pair, new Bpe.Merge(tokens.get(left), tokens.get(right)));
            for (int word : top.places) {
                words[word] = merged(words[word], left, right, token, word);
            }
            enqueueChanged();
            progress.accept(tokens.size());
        }
    }

    private int[] merged(int[] symbols, int left, int right, int token, int word) {
        int n = 0;
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] != left || i + 1 == symbols.length || symbols[i + 1] != right) {
                symbols[n++] = symbols[i];
                continue;
            }
            if (n > 0) {
                change(symbols[n - 1], left, -1, word);
                if (mayJoin(symbols[n - 1], token)) {
                    change(symbols[n - 1], token, 1, word);
                }
            }
            i++;
            symbols[n++] = token;
            if (i + 1 < symbols.length) {
                change(right, symbols[i + 1], -1, word);
                if (mayJoin(symbols[i + 1], token)) {
                    change(token, symbols[i + 1], 1, word);
                }
            }
        }
        return n == symbols.length ? symbols : Arrays.copyOf(symbols, n);
    }

    private boolean mayJoin(int a, int b) {
        return options.longestToken().isEmpty()
                || length(a) + length(b) < options.longestToken().getAsInt();
    }

    private long length(int token) {
        return tokens.get(token).codePointCount(0, tokens.get(token).length());
    }

    private void change(int left, int right, int sign, int word) {
        Occurrences occurrences = pairs.computeIfAbsent(PairTable.pair(left, right), Occurrences::new);
        occurrences.count += sign * wordCounts[word];
        if (sign > 0) {
            if (occurrences.size == 0) {
                changed.add(occurrences);
            }
            occurrences.addPlace(word);
        }
    }

    private void enqueueChanged() {
        for (Occurrences occurrences : changed) {
            if (occurrences.count > 0) {
                queue.add(new Candidate(
                        occurrences.pair,
                        occurrences.count,
                        Arrays.copyOf(occurrences.places, occurrences.size),
                        candidates++));
            }
            occurrences.places = new int[2];
            occurrences.size = 0;
        }
        changed.clear();
    }
}
