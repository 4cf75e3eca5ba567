package org.lilgatsby.explorer.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How rows are brought onto the screen. */
public sealed interface Projection {
    /** The principal plane of the state at a step. */
    record Of(int step) implements Projection {}

    /** The principal plane of the first state. */
    record Initial() implements Projection {}

    /** The principal plane of the last recorded state. */
    record Final() implements Projection {}

    /** The principal plane of states from all over the run together. */
    record Whole() implements Projection {}

    /** For each state its own principal plane, its axes turned as those of the last state. */
    record Following() implements Projection {}

    /** Two components. */
    record Components(int x, int y) implements Projection {}

    /** How the page writes {@link Of}. */
    Pattern STEP = Pattern.compile("step:([0-9]{1,9})");

    /** How the page writes {@link Components}. */
    Pattern PAIR = Pattern.compile("components:([0-9]{1,9}),([0-9]{1,9})");

    /**
     * Reads a projection as the page writes it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Projection parse(String text) {
        Matcher step = STEP.matcher(text);
        Matcher pair = PAIR.matcher(text);
        if (step.matches()) {
            return new Of(Integer.parseInt(step.group(1)));
        }
        if (pair.matches()) {
            return new Components(Integer.parseInt(pair.group(1)), Integer.parseInt(pair.group(2)));
        }
        return switch (text) {
            case "initial" -> new Initial();
            case "final" -> new Final();
            case "whole" -> new Whole();
            case "following" -> new Following();
            default ->
                throw new IllegalArgumentException(
                        "a projection must be initial, final, whole, following, step:N or components:I,J");
        };
    }
}
