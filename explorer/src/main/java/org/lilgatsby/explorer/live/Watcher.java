package org.lilgatsby.explorer.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.lilgatsby.explorer.library.Item;
import org.lilgatsby.explorer.library.Kind;
import org.lilgatsby.explorer.library.Library;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.library.RunState;
import org.lilgatsby.recording.RunDirectory;

/**
 * Looks after runs under way, as long as somebody wants to know, and reads nothing but their small files. A run that is
 * not under way any more is told once more, with how it ended.
 */
public final class Watcher {
    private static final String UNDER_WAY = "under way";

    /** Receives what there is to tell. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param event {@code items} or {@code run}
         * @param subject a later event of the same subject replaces an earlier one
         */
        void tell(String event, String subject, Object data);
    }

    private final Library library;
    private final Listener listener;
    private final BooleanSupplier heard;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Map<String, Pace> paces = new HashMap<>();
    private Map<String, String> statuses = Map.of();

    /**
     * @param heard whether anybody wants to know
     * @param nanos the time, for rates
     * @param clock the time, as files have it
     */
    public Watcher(Library library, Listener listener, BooleanSupplier heard, LongSupplier nanos, InstantSource clock) {
        this.library = library;
        this.listener = listener;
        this.heard = heard;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * Looks once.
     *
     * @throws IOException if the directories cannot be read
     */
    public synchronized void look() throws IOException {
        if (!heard.getAsBoolean()) {
            paces.clear();
            return;
        }
        library.refresh();
        List<Item> items = library.items();
        Map<String, String> now = new HashMap<>();
        items.forEach(item -> now.put(item.id(), item.status()));
        for (Item item : items) {
            boolean wasUnderWay = UNDER_WAY.equals(statuses.get(item.id())) || paces.containsKey(item.id());
            if (item.kind().equals(Kind.RUN.toString()) && (item.status().equals(UNDER_WAY) || wasUnderWay)) {
                tell(item);
            }
        }
        if (!now.equals(statuses)) {
            listener.tell("items", "", Map.of());
        }
        statuses = Map.copyOf(now);
        paces.keySet().retainAll(now.keySet());
    }

    private void tell(Item item) {
        Optional<Place> place = library.find(item.id());
        if (place.isEmpty()) {
            return;
        }
        try {
            RunState state = library.runState(place.get());
            Pace pace = paces.computeIfAbsent(item.id(), _ -> new Pace());
            pace.at(nanos.getAsLong(), state.step());
            boolean underWay = state.status().equals(UNDER_WAY);
            int planned = state.config().training().steps();
            Optional<LastLoss> loss = LastLoss.of(state);
            listener.tell(
                    "run",
                    item.id(),
                    new RunEvent(
                            item.id(),
                            state.step(),
                            planned,
                            loss.map(LastLoss::loss).orElse(null),
                            loss.map(LastLoss::step).orElse(null),
                            underWay ? pace.perSecond() : null,
                            underWay ? pace.secondsFor(planned - state.step()) : null,
                            state.status(),
                            still(state.directory())));
            if (!underWay) {
                paces.remove(item.id());
            }
        } catch (IOException | RuntimeException | InternalError e) {
            // The list says what is wrong with it.
            paces.remove(item.id());
        }
    }

    /** Seconds since it recorded, or told a loss: a run that records few steps does not stand still between them. */
    private long still(RunDirectory directory) throws IOException {
        Instant last = Instant.MIN;
        for (Path file : List.of(directory.progress(), directory.latestLoss())) {
            try {
                Instant grown = Files.getLastModifiedTime(file).toInstant();
                last = grown.isAfter(last) ? grown : last;
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return last.equals(Instant.MIN)
                ? 0
                : Math.max(0, Duration.between(last, clock.instant()).toSeconds());
    }
}
