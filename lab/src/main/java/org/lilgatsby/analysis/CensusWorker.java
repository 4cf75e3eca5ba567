package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** CountSeries the groups of equal rows of one group of tokens, step by step. */
final class CensusWorker {
    /** The census from one place on. */
    private record Change(
            int place,
            int distinct,
            int blackHoles,
            int tokensInBlackHoles,
            int singletons,
            int largest,
            double concentration,
            int[] populations) {}

    private final Tokens tokens;
    private final int[] population;
    private final List<GroupEvent> events = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    CensusWorker(Tokens tokens, int rows) {
        this.tokens = tokens;
        population = new int[rows];
    }

    /** Fissions and mergers, in the order of steps. */
    List<GroupEvent> events() {
        return events;
    }

    /** The state before the first step of a chunk. */
    void start(Labels labels, int place) {
        if (place == 0) {
            count(labels, place);
        }
    }

    /** A state whose labels differ from those of the previous place. */
    void regrouped(Labels before, Labels after, int place, int step) {
        before.addSplits(after, tokens, step, GroupEvent.Kind.FISSION, events);
        after.addSplits(before, tokens, step, GroupEvent.Kind.MERGER, events);
        count(after, place);
    }

    /** Joins the counts of the workers of all chunks, in order, into the series of a history. */
    static CensusSeries series(List<CensusWorker> workers, int size) {
        List<Change> changes =
                workers.stream().flatMap(worker -> worker.changes.stream()).toList();
        Places places = Places.since(changes.stream().mapToInt(Change::place).toArray(), size);
        int[] singletons = changes.stream().mapToInt(Change::singletons).toArray();
        return new CensusSeries(
                counts(places, changes, Change::distinct),
                counts(places, changes, Change::blackHoles),
                counts(places, changes, Change::tokensInBlackHoles),
                new CountSeries(places, singletons),
                counts(places, changes, Change::largest),
                new FigureSeries(
                        places,
                        changes.stream().mapToDouble(Change::concentration).toArray()),
                new CensusSeries.Demographics(
                        places, changes.stream().map(Change::populations).toArray(int[][]::new), singletons));
    }

    private static CountSeries counts(Places places, List<Change> changes, ToIntFunction<Change> count) {
        return new CountSeries(places, changes.stream().mapToInt(count).toArray());
    }

    private void count(Labels labels, int place) {
        Arrays.fill(population, 0);
        for (int i = 0; i < tokens.size(); i++) {
            population[labels.of(tokens.id(i))]++;
        }
        int groups = 0;
        int holes = 0;
        int alone = 0;
        long squares = 0;
        for (int size : population) {
            groups += size > 0 ? 1 : 0;
            holes += size > 1 ? 1 : 0;
            alone += size == 1 ? 1 : 0;
            squares += (long) size * size;
        }
        int[] sizes = new int[holes];
        int at = 0;
        for (int size : population) {
            if (size > 1) {
                sizes[at++] = -size;
            }
        }
        Arrays.sort(sizes); // largest first: negated here, restored below
        for (int i = 0; i < holes; i++) {
            sizes[i] = -sizes[i];
        }
        changes.add(new Change(
                place,
                groups,
                holes,
                tokens.size() - alone,
                alone,
                holes > 0 ? sizes[0] : Math.min(alone, 1),
                (double) squares / ((double) tokens.size() * tokens.size()),
                sizes));
    }
}
