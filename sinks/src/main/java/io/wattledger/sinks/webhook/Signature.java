package io.wattledger.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves who has sent a body and when: {@code t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA256 of the seconds, a full stop and
 * the body. The time is that of sending, so a body that is sent again is signed again.
 */
final class Signature {
    static final String HEADER = "Wattledger-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;

    Signature(String secret, InstantSource clock) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
        this.clock = clock;
    }

    String of(byte[] body) {
        long seconds = clock.instant().getEpochSecond();
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
