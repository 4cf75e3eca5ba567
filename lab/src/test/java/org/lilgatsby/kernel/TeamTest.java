package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyWorkerDoesItsShareOfEveryTaskOnce(int size) {
        AtomicIntegerArray done = new AtomicIntegerArray(size);
        try (Team team = new Team(size)) {
            assertEquals(size, team.size());
            for (int task = 1; task <= 1_000; task++) {
                team.run(slice -> {
                    assertEquals(size, slice.size());
                    done.incrementAndGet(slice.index());
                });
                for (int i = 0; i < size; i++) {
                    assertEquals(task, done.get(i), "worker " + i);
                }
            }
        }
    }

    @Test
    void workersSeeAtABarrierWhatTheOthersDidBeforeIt() {
        int size = 4;
        int[] written = new int[size];
        AtomicInteger wrong = new AtomicInteger();
        try (Team team = new Team(size)) {
            for (int task = 1; task <= 1_000; task++) {
                int value = task;
                team.run(slice -> {
                    written[slice.index()] = value;
                    slice.await();
                    for (int other : written) {
                        wrong.addAndGet(other == value ? 0 : 1);
                    }
                    slice.await();
                });
            }
        }
        assertEquals(0, wrong.get());
    }

    @Test
    void aWorkersFailureIsToldOnceNobodyIsAtWork() throws InterruptedException {
        IllegalArgumentException fault = new IllegalArgumentException("worker 1");
        AtomicInteger atWork = new AtomicInteger();
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Team team = new Team(3);
        Thread helper = Thread.ofPlatform().start(() -> {
            await(failed);
            goOn.countDown();
        });
        IllegalStateException told = assertThrows(IllegalStateException.class, () -> team.run(slice -> {
            atWork.incrementAndGet();
            if (slice.index() == 1) {
                atWork.decrementAndGet();
                failed.countDown();
                throw fault;
            }
            if (slice.index() == 2) {
                await(goOn); // still at work when the first worker hears of the failure
            }
            atWork.decrementAndGet();
        }));
        assertSame(fault, told.getCause());
        assertEquals(0, atWork.get());
        helper.join();
        assertEquals(fault, assertThrows(IllegalStateException.class, () -> team.run(_ -> {})).getCause());
        team.close();
    }

    @Test
    void theCallersOwnFailureIsThrownAsItIsOnceNobodyIsAtWork() {
        IllegalArgumentException fault = new IllegalArgumentException("worker 0");
        AtomicInteger atWork = new AtomicInteger();
        CountDownLatch failing = new CountDownLatch(1);
        Team team = new Team(3);
        assertSame(fault, assertThrows(IllegalArgumentException.class, () -> team.run(slice -> {
            if (slice.index() == 0) {
                failing.countDown();
                throw fault;
            }
            atWork.incrementAndGet();
            await(failing);
            atWork.decrementAndGet();
        })));
        assertEquals(0, atWork.get());
        team.close();
    }

    @Test
    void aFailedBarrierReleasesThoseWhoWait() {
        IllegalArgumentException fault = new IllegalArgumentException("worker 1");
        AtomicInteger released = new AtomicInteger();
        Team team = new Team(3);
        assertThrows(IllegalStateException.class, () -> team.run(slice -> {
            if (slice.index() == 1) {
                throw fault;
            }
            try {
                slice.await();
            } finally {
                released.incrementAndGet();
            }
        }));
        assertEquals(2, released.get());
        team.close();
    }

    @Test
    void whenATeamIsClosedItsThreadsHaveEnded() {
        Thread[] workers = new Thread[3];
        Team team = new Team(3);
        team.run(slice -> workers[slice.index()] = Thread.currentThread());
        team.close();
        assertSame(Thread.currentThread(), workers[0]);
        assertTrue(!workers[1].isAlive() && !workers[2].isAlive());
        assertThrows(IllegalStateException.class, () -> team.run(_ -> {}));
        team.close();
    }

    @Test
    void aTeamHasAWorker() {
        assertEquals(
                "a team has at least 1 worker, not 0",
                assertThrows(IllegalArgumentException.class, () -> new Team(0)).getMessage());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
