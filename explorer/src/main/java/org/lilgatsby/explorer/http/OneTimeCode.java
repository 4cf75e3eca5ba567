package org.lilgatsby.explorer.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A code that lets in one browser, once, without the access key: the command that opens a browser can be read by every
 * user of the machine. The code expires after ten minutes. If it is used again, both users are refused, since one of
 * them must have read the command.
 */
public final class OneTimeCode {
    private static final long VALID_NANOS = Duration.ofMinutes(10).toNanos();

    private final AccessKey code = AccessKey.random();
    private final AccessKey guest = AccessKey.random();
    private final LongSupplier nanos;
    private final long made;
    private boolean used;
    private boolean revoked;

    /** @param nanos the time */
    public OneTimeCode(LongSupplier nanos) {
        this.nanos = nanos;
        this.made = nanos.getAsLong();
    }

    /** The code itself, 32 hexadecimal digits. */
    public String text() {
        return code.text();
    }

    /**
     * Accepts the code, the first time.
     *
     * @return an access key for the browser that is let in, not that of the server
     * @throws Refusal if the code is wrong, used or expired
     */
    synchronized AccessKey accept(String given) {
        if (!code.matches(given)) {
            throw new Refusal(401, "The code is wrong; use the address that lilgatsby explore printed.");
        }
        if (used) {
            revoked = true;
            throw new Refusal(
                    401,
                    "This address works only once and has already been used, perhaps by somebody else, whose access "
                            + "is now revoked. Use the address that lilgatsby explore printed.");
        }
        if (nanos.getAsLong() - made > VALID_NANOS) {
            throw new Refusal(
                    401, "This address has expired after ten minutes; use the one that lilgatsby explore printed.");
        }
        used = true;
        return guest;
    }

    /** Whether this is the access key of the browser that was let in. */
    synchronized boolean admits(String given) {
        return used && !revoked && guest.matches(given);
    }
}
