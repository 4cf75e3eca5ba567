package org.lilgatsby.experiment.analyses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.recording.TokenChoice;

/** What a recording lacks that an analysis needs, each as a reason with its remedy. */
public final class Missing {
    /** Up to this many rows, all pairs are compared at every step. */
    private static final int MOST_PAIRED = 2_048;

    private final RunArchive archive;
    private final LiveDeadSplit whole;
    private final LiveDeadSplit split;
    private final int[] steps;

    /**
     * Of a run.
     *
     * @param whole all live and dead tokens
     * @param split those whose rows are recorded
     * @param steps the recorded states
     */
    Missing(RunArchive archive, LiveDeadSplit whole, LiveDeadSplit split, int[] steps) {
        this.archive = archive;
        this.whole = whole;
        this.split = split;
        this.steps = steps;
    }

    /** Why W cannot be analysed; empty if it can. */
    public Optional<String> embeddings() {
        return archive.embeddingsMissing();
    }

    /**
     * Why the rows of a group cannot be analysed; empty if they can. Where tokens were chosen one by one, a group
     * stands for those of its tokens that were recorded; where a group was chosen, only that one was recorded.
     */
    public Optional<String> rowsOf(Group group) {
        int recorded = split.tokens(group).size();
        int all = whole.tokens(group).size();
        TokenChoice choice = archive.config().recording().tokens();
        if (recorded == all || recorded > 0 && !(choice instanceof TokenChoice.Group)) {
            return Optional.empty();
        }
        String which = recorded == 0 ? "no row" : "only %,d of the %,d rows".formatted(recorded, all);
        return Optional.of("%s of %s tokens %s recorded (recording.tokens is %s); choose %s, or run it again with "
                        .formatted(which, group, recorded == 0 ? "was" : "were", choice, others(group))
                + "--set recording.tokens=all");
    }

    /** Why what needs every row cannot be computed; empty if it can. */
    public Optional<String> everyRow() {
        int recorded = split.all().size();
        return recorded == whole.all().size()
                ? Optional.empty()
                : Optional.of(("only the rows of %,d of %,d tokens were recorded, but all are needed; run it again "
                                + "with --set recording.tokens=all")
                        .formatted(recorded, whole.all().size()));
    }

    private String others(Group group) {
        return Arrays.stream(Group.values())
                .filter(other -> other != group && split.tokens(other).size() > 0)
                .filter(other -> rowsOf(other).isEmpty())
                .map(other -> "--tokens " + other)
                .findFirst()
                .orElse("other tokens");
    }

    /** Why there is no group to escape from; empty if there is. */
    public Optional<String> dead() {
        return whole.dead().size() == 0
                ? Optional.of("every token occurs in the corpus, so there is no dead group")
                : rowsOf(Group.DEAD);
    }

    /** Why there is no motion to analyse; empty if there is. */
    public Optional<String> step() {
        return steps.length == 1 ? Optional.of("only the state before training was recorded") : Optional.empty();
    }

    /** Why W's motion cannot be analysed; empty if it can. */
    public Optional<String> motion() {
        return embeddings().or(this::step);
    }

    /**
     * Why neither W nor figures that were recorded instead of it tell how it moved; empty if one does.
     *
     * @param figures each of them tells enough; the first is the one to record
     */
    public Optional<String> motionOr(Observable... figures) {
        Optional<String> without = embeddings();
        if (without.isEmpty()) {
            return step();
        }
        if (Arrays.stream(figures).noneMatch(archive.recording()::has)) {
            return without.map(
                    reason -> "%s, or for this analysis alone with --observe %s".formatted(reason, figures[0].name()));
        }
        return archive.figuresAreOfAnotherView()
                ? Optional.of(
                        "W was not recorded, and recorded figures see it as the run's precision.view says; leave out "
                                + "--view")
                : step();
    }

    /** Why there are no differences over equal numbers of updates; empty if there are. */
    public Optional<String> evenSteps() {
        StepChoice choice = archive.config().recording().steps();
        return choice.rule() instanceof StepChoice.Every
                ? Optional.empty()
                : Optional.of("the recorded states are not evenly spaced (%s); run it again with --every"
                        .formatted(choice.inWords()));
    }

    /** Why no two states lie one update apart; empty if some do. */
    public Optional<String> pairsOfStates() {
        return IntStream.range(1, steps.length).anyMatch(place -> steps[place] == steps[place - 1] + 1)
                ? Optional.empty()
                : Optional.of("no two recorded states are one update apart; run it again with --every 1");
    }

    /** Why all pairs of rows cannot be compared at every step; empty if they can. */
    public Optional<String> pairs() {
        int rows = archive.config().model().vocabulary();
        return embeddings()
                .or(() -> rows > MOST_PAIRED
                        ? Optional.of(("comparing all pairs of %,d rows at every step would take too long; it is "
                                        + "possible up to %,d rows")
                                .formatted(rows, MOST_PAIRED))
                        : Optional.empty());
    }

    /** Why an observable cannot be analysed; empty if it can. */
    public Optional<String> observable(Observable observable, String inWords) {
        return archive.recording().has(observable)
                ? Optional.empty()
                : Optional.of(
                        "no %s were recorded; run it again with --observe %s".formatted(inWords, observable.name()));
    }

    /** Why nothing is known of what updates computed, such as gradients; empty if it is. */
    public Optional<String> updatesOf(Observable observable, String inWords) {
        return observable(observable, inWords).or(this::update);
    }

    private Optional<String> update() {
        int[] updates = archive.recording().updates();
        return updates[updates.length - 1] == 0 ? step() : Optional.empty();
    }

    /**
     * Of an analysis that recorded figures answered instead of W: which, and what it lacks; empty if W did.
     *
     * @param wanted the figures that it reads
     * @param rest what figures cannot give, as the end of a sentence; empty if they give all
     */
    public Optional<String> basis(List<Observable> wanted, String rest) {
        if (embeddings().isEmpty()) {
            return Optional.empty();
        }
        Map<Boolean, List<String>> names = wanted.stream()
                .collect(Collectors.partitioningBy(
                        archive.recording()::has, Collectors.mapping(Observable::name, Collectors.toList())));
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Computed from the recorded figures %s instead of W.".formatted(String.join(", ", names.get(true))));
        if (!archive.config().recording().steps().isGapless()) {
            sentences.add("They cover only the updates whose outcome was recorded.");
        }
        if (!names.get(false).isEmpty()) {
            sentences.add("Undefined or missing values need %s as well, or W."
                    .formatted(String.join(", ", names.get(false))));
        }
        if (!rest.isEmpty()) {
            sentences.add(rest);
        }
        return Optional.of(String.join(" ", sentences));
    }
}
