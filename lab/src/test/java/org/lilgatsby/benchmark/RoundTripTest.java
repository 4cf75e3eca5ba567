package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoundTripTest {
    @Test
    void comesBackEveryTime() {
        try (RoundTrip trip = RoundTrip.start()) {
            for (int i = 0; i < 20; i++) {
                assertTrue(trip.nanos() > 0);
            }
        }
    }
}
