package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Test
    void comesBackEveryTime() {
        // few trips: beside busy processors each waits for a turn of the other thread
        try (RoundTrip trip = RoundTrip.start(10)) {
            for (int i = 0; i < 20; i++) {
                assertTrue(trip.nanos() > 0);
            }
        }
    }
}
