package io.wattledger.cli.ledger;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;

/** Identifiers that sort by the time they were made: ULIDs, 48 bits of milliseconds and 80 random ones. */
public final class Ulid {
    private static final String CROCKFORD_BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;

    private Ulid() {}

    /** A new one, never the same. */
    public static String next(Instant now) {
        var random = new byte[10];
        new SecureRandom().nextBytes(random);
        return of(now.toEpochMilli(), random);
    }

    /**
     * The one of these bits.
     *
     * @param millis since the epoch, 48 bits
     * @param random 10 bytes
     */
    public static String of(long millis, byte[] random) {
        var bits = BigInteger.valueOf(millis).shiftLeft(80).or(new BigInteger(1, random));
        var text = new StringBuilder();
        for (int digit = LENGTH - 1; digit >= 0; digit--) {
            text.append(CROCKFORD_BASE_32.charAt(bits.shiftRight(5 * digit).intValue() & 31));
        }
        return text.toString();
    }
}
