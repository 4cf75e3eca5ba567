package org.lilgatsby.experiment;

import java.math.BigDecimal;
import java.util.List;
import org.lilgatsby.training.LossWindow;

/**
 * What the authors of an experiment published, for orientation beside a run's own figures.
 *
 * @param notebook its number
 * @param randomness which figures the same seed reproduces
 * @param departures how this run differs from the published one; figures of a run that departs need not agree
 * @param loss mean losses of logging intervals, in nats
 * @param figures single figures
 * @param deadPopulations dead tokens per distinct row at the end, largest first; empty if not published
 */
public record Published(
        String notebook,
        String randomness,
        List<String> departures,
        List<LossWindow> loss,
        List<Value> figures,
        List<Integer> deadPopulations) {
    /**
     * A published figure.
     *
     * @param figure which
     * @param value its value, to the digits that were printed
     */
    public record Value(ComparedFigure figure, BigDecimal value) {
        /** Takes a figure as it was printed. */
        public Value(ComparedFigure figure, String printed) {
            this(figure, new BigDecimal(printed));
        }

        /** How it was printed: not a digit more or less. */
        public String text() {
            return figure.text(value);
        }

        /** How far a run's value is from it: see {@link ComparedFigure#deviation}. */
        public String deviation(double run) {
            return figure.deviation(run, value);
        }
    }

    /** Copies the lists. */
    public Published {
        departures = List.copyOf(departures);
        loss = List.copyOf(loss);
        figures = List.copyOf(figures);
        deadPopulations = List.copyOf(deadPopulations);
    }
}
