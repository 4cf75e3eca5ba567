package org.lilgatsby.explorer.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets one browser in, once, with a code instead of the token: a browser is opened by a command, which every user of
 * the machine can read. The code is void after ten minutes. Whoever comes with it a second time is refused, and who
 * came first is sent away, since one of the two read it there.
 */
public final class Invitation {
    private static final long VALID_NANOS = Duration.ofMinutes(10).toNanos();

    private final Token code = Token.random();
    private final Token guest = Token.random();
    private final LongSupplier nanos;
    private final long made;
    private boolean used;
    private boolean revoked;

    /** @param nanos the time */
    public Invitation(LongSupplier nanos) {
        this.nanos = nanos;
        this.made = nanos.getAsLong();
    }

    /** The code. */
    public String code() {
        return code.text();
    }

    /**
     * Accepts the code, the first time.
     *
     * @return the token of the one who is let in, which is not that of the server
     * @throws Refusal if it is another code, or this one is void
     */
    synchronized Token accept(String given) {
        if (!code.matches(given)) {
            throw new Refusal(
                    401, "This is not a code of this server; use the address that lilgatsby explore printed.");
        }
        if (used) {
            revoked = true;
            throw new Refusal(
                    401,
                    "This address works once, and was used before: perhaps by somebody else, who now gets no more "
                            + "answers. Use the address that lilgatsby explore printed.");
        }
        if (nanos.getAsLong() - made > VALID_NANOS) {
            throw new Refusal(
                    401, "This address was valid for ten minutes; use the one that lilgatsby explore printed.");
        }
        used = true;
        return guest;
    }

    /** Whether a token is that of the one who was let in. */
    synchronized boolean admits(String given) {
        return used && !revoked && guest.matches(given);
    }
}
