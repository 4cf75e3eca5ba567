package org.lilgatsby.analysis;

import java.util.function.Function;

/**
 * The same figure for each group of tokens.
 *
 * @param all for every token
 * @param live for the tokens that occur in the corpus
 * @param dead for those that never occur in it
 */
public record PerGroup<T>(T all, T live, T dead) {
    /** The figure computed for each group. */
    public static <T> PerGroup<T> of(Function<Group, T> figure) {
        return new PerGroup<>(figure.apply(Group.ALL), figure.apply(Group.LIVE), figure.apply(Group.DEAD));
    }

    /** The figure of a group. */
    public T get(Group group) {
        return switch (group) {
            case ALL -> all;
            case LIVE -> live;
            case DEAD -> dead;
        };
    }

    /** A function of the figure of each group. */
    public <R> PerGroup<R> map(Function<? super T, ? extends R> function) {
        return new PerGroup<>(function.apply(all), function.apply(live), function.apply(dead));
    }
}
