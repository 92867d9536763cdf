package io.wattledger.sinks.logging.google;

import io.wattledger.sinks.task.TargetUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A token that is good whenever it is asked for. */
final class AccessToken {
    /** Time for a request and for clocks that differ. The metadata server gives a new token four minutes before the end. */
    private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(3);

    private final TokenSource source;
    private final InstantSource clock;
    private TokenSource.@Nullable Token token;

    AccessToken(TokenSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    String value() throws TargetUnavailableException {
        var current = token;
        if (current == null || !clock.instant().isBefore(current.expires().minus(RENEWED_BEFORE_END))) {
            current = source.fetch();
            token = current;
        }
        return current.value();
    }
}
