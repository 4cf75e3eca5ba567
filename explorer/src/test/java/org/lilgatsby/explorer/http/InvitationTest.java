package org.lilgatsby.explorer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InvitationTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Invitation invitation = new Invitation(nanos::get);

    @Test
    void isValidForTenMinutes() {
        nanos.set(Duration.ofSeconds(601).toNanos());
        assertEquals(
                401,
                assertThrows(Refusal.class, () -> invitation.accept(invitation.code()))
                        .status());
    }

    @Test
    void admitsWhoCameFirstUntilItIsUsedAgain() {
        nanos.set(Duration.ofSeconds(599).toNanos());
        String guest = invitation.accept(invitation.code()).text();
        assertTrue(invitation.admits(guest));
        assertFalse(invitation.admits(invitation.code()));
        assertThrows(Refusal.class, () -> invitation.accept("0"));
        assertTrue(invitation.admits(guest));
        assertThrows(Refusal.class, () -> invitation.accept(invitation.code()));
        assertFalse(invitation.admits(guest));
    }
}
