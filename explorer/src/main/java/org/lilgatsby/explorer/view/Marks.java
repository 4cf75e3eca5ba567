package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.GroupEvent;
import org.lilgatsby.analysis.Phases;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;

/** What happened at which step: the events of the analysis {@code events}, and the ends of the phases. */
public final class Marks {
    private static final int MOST = 5_000;

    private final Background background;

    public Marks(Background background) {
        this.background = background;
    }

    /**
     * Something that happened.
     *
     * @param kind {@code merger}, {@code fission}, {@code last multi cell}, {@code last local}, {@code last adjacent
     *     cell}, {@code last single axis hop} or {@code last motion}
     * @param text one sentence
     * @param tokens those it happened to; for the end of a phase, those that moved last
     */
    public record Mark(int step, String kind, String text, int[] tokens) {}

    private record Found(List<Mark> marks) implements Background.Result {
        @Override
        public long numbers() {
            return marks.stream().mapToLong(mark -> 16 + mark.tokens().length).sum();
        }
    }

    /**
     * The marks of a group's tokens by step; of a great many events, the largest.
     *
     * @return empty if they are still being computed
     * @throws IOException if the run does not know W
     */
    public Optional<List<Mark>> find(Place place, OpenRun run, Group group, long patience) throws IOException {
        return background
                .find(place, run, "marks " + group, Found.class, patience, open -> compute(open, group))
                .map(Found::marks);
    }

    private static Found compute(OpenRun run, Group group) throws IOException {
        EveryState.require(run);
        Evolution evolution =
                run.ask(context -> context.evolution(new Selection(group, OptionalInt.empty(), Selection.Detail.ALL)));
        List<GroupEvent> events = evolution.events().get(group);
        List<Mark> marks = new ArrayList<>(events.stream()
                .sorted(Comparator.comparingInt(
                                (GroupEvent event) -> event.whole().size())
                        .reversed())
                .limit(MOST)
                .map(Marks::mark)
                .toList());
        Tokens tokens = run.split().tokens(group);
        Phases phases = evolution.regimes().get(group).phases();
        addEnd(marks, evolution, tokens, "last multi cell", phases.lastMultiCell(), Phases::lastMultiCell);
        addEnd(marks, evolution, tokens, "last local", phases.lastLocal(), Phases::lastLocal);
        addEnd(marks, evolution, tokens, "last adjacent cell", phases.lastAdjacentCell(), Phases::lastAdjacentCell);
        addEnd(marks, evolution, tokens, "last single axis hop", phases.lastHop(), Phases::lastHop);
        addEnd(marks, evolution, tokens, "last motion", phases.lastMotion(), Phases::lastMotion);
        marks.sort(Comparator.comparingInt(Mark::step));
        return new Found(List.copyOf(marks));
    }

    private static Mark mark(GroupEvent event) {
        boolean merger = event.kind() == GroupEvent.Kind.MERGER;
        String text = merger
                ? "%,d groups merged into one of %,d tokens"
                        .formatted(event.parts().size(), event.whole().size())
                : "A group of %,d tokens split into %,d"
                        .formatted(event.whole().size(), event.parts().size());
        return new Mark(
                event.step(), merger ? "merger" : "fission", text, event.whole().toArray());
    }

    private static String words(String kind) {
        return switch (kind) {
            case "last multi cell" -> "Last multi-cell step";
            case "last local" -> "Last local step";
            case "last adjacent cell" -> "Last step to an adjacent cell";
            case "last single axis hop" -> "Last single-axis hop";
            default -> "Last motion";
        };
    }

    private static void addEnd(
            List<Mark> marks, Evolution evolution, Tokens tokens, String kind, int step, ToIntFunction<Phases> last) {
        if (step != Phases.NEVER) {
            int[] movers = IntStream.of(tokens.toArray())
                    .filter(token -> last.applyAsInt(evolution.phases().get(token)) == step)
                    .toArray();
            marks.add(new Mark(step, kind, "%s of any of these tokens".formatted(words(kind)), movers));
        }
    }
}
