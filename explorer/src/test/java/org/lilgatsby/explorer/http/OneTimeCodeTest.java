package org.lilgatsby.explorer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OneTimeCodeTest {
    private final AtomicLong nanos = new AtomicLong();
    private final OneTimeCode code = new OneTimeCode(nanos::get);

    @Test
    void isValidForTenMinutes() {
        nanos.set(Duration.ofSeconds(601).toNanos());
        assertEquals(
                401, assertThrows(Refusal.class, () -> code.accept(code.text())).status());
    }

    @Test
    void admitsWhoCameFirstUntilItIsUsedAgain() {
        nanos.set(Duration.ofSeconds(599).toNanos());
        String guest = code.accept(code.text()).text();
        assertTrue(code.admits(guest));
        assertFalse(code.admits(code.text()));
        assertThrows(Refusal.class, () -> code.accept("0"));
        assertTrue(code.admits(guest));
        assertThrows(Refusal.class, () -> code.accept(code.text()));
        assertFalse(code.admits(guest));
    }
}
