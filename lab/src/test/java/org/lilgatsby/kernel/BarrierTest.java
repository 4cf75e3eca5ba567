package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BarrierTest {
    @Test
    void nobodyPassesBeforeAllHaveArrived() throws InterruptedException {
        int parties = 3;
        Barrier barrier = new Barrier(parties);
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger early = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < parties; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 1; round <= 1_000; round++) {
                    arrived.incrementAndGet();
                    barrier.await();
                    early.addAndGet(arrived.get() < round * parties ? 1 : 0);
                    barrier.await();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, early.get());
        assertEquals(1_000 * parties, arrived.get());
    }

    @Test
    void aBrokenOneReleasesWhoWaitsAndWhoComesLater() throws InterruptedException {
        Barrier barrier = new Barrier(3);
        AtomicInteger released = new AtomicInteger();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                barrier.await();
            } catch (Barrier.BrokenTeamException e) {
                released.incrementAndGet();
            }
        });
        barrier.breakUp();
        waiting.join();
        assertEquals(1, released.get());
        assertThrows(Barrier.BrokenTeamException.class, barrier::await);
    }

    @Test
    void onePartyNeverWaits() {
        Barrier barrier = new Barrier(1);
        barrier.await();
        barrier.await();
    }
}
