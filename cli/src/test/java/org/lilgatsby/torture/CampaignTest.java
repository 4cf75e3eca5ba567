package org.lilgatsby.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The full campaign: what {@link PlacesTest} tries, and much more of everything that takes time. */
@Tag("torture")
class CampaignTest extends PlacesTest {
    private static final int KILLS = Integer.getInteger("torture.kills", 200);
    private static final int FUZZ_SECONDS = Integer.getInteger("torture.fuzz.seconds", 600);
    private static final int STEPS = Integer.getInteger("torture.steps", 1_000_000);
    private static final int FULL_DISKS = 20;

    /** Another one each time, printed with the table. */
    private static final long SEED = Long.getLong("torture.seed", System.nanoTime());

    @RegisterExtension
    private static final Table TABLE = new Table();

    @ParameterizedTest(name = "kills and resumes, layout {0}")
    @ValueSource(strings = {"stream", "per-step"})
    void kills(String layout) throws Exception {
        Kills.Result result = Kills.carryOut(
                lab(),
                new TinyRun(layout.equals("stream") ? 40 : 20, layout),
                folder().resolve("kills"),
                KILLS / 2,
                SEED);
        TABLE.tried("%d times, seed %d: %s", result.kills(), SEED, result.hit());
        assertEquals(List.of(), result.losses());
    }

    @ParameterizedTest(name = "fuzzed parser {0}")
    @EnumSource
    void fuzzers(HostileInput input) throws Exception {
        Fuzzing.Result result = Fuzzing.run(input, FUZZ_SECONDS);
        TABLE.tried("%,d inputs in %d s", result.inputs(), FUZZ_SECONDS);
        assertEquals("", result.finding());
        assertTrue(result.inputs() > 0, "no input was tried");
    }

    @Test
    void aDiskThatFillsUpAtAnyInstant() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        KilledRun run = new KilledRun(lab(), new TinyRun(200, "stream"), folder().resolve("whole"));
        List<String> losses = new ArrayList<>();
        int full = 0;
        for (int i = 0; i < FULL_DISKS; i++) {
            try (SmallDisk disk = disk(24)) {
                full += fill(disk, run, Moment.values()[i % Moment.values().length], random, losses);
            }
        }
        TABLE.tried("%d times, of which %d stopped the run", FULL_DISKS, full);
        assertEquals(List.of(), losses);
        assertTrue(full > 0, "no disk was full");
    }

    private int fill(SmallDisk disk, KilledRun run, Moment moment, RandomGenerator random, List<String> losses)
            throws IOException, InterruptedException {
        Path directory = disk.root().resolve("run");
        Lab.Session session = lab().start(run.arguments(directory));
        moment.await(session.process(), directory, run.usualMillis(), random);
        Path ballast = disk.fill(random.nextInt(4));
        Lab.Result result = session.result();
        if (result.code() != 0 && (result.code() != 1 || !result.err().contains("not enough disk space: "))) {
            losses.add("full at %s: exit %d: %s".formatted(moment, result.code(), result.err()));
        }
        run.damage(directory).ifPresent(damage -> losses.add("full at " + moment + ": " + damage));
        Files.delete(ballast);
        Optional<String> loss = run.goOn(directory);
        loss.ifPresent(what -> losses.add("full at " + moment + ": " + what));
        return result.code() == 0 ? 0 : 1;
    }

    @Test
    void aLongRunTakesAsMuchMemoryAndTimeAStepAtItsEndAsAtItsBeginning() throws Exception {
        LongRun.Result result = LongRun.watch(Lab.ofLongRuns(folder()), folder().resolve("long"), STEPS);
        TABLE.tried("%s", result);
        assertTrue(result.memoryGrowth() <= 0.05, result.toString());
        assertTrue(Math.abs(result.slowdown()) <= 0.03, result.toString());
    }
}
