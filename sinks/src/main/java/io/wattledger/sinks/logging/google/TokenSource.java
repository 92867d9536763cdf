package io.wattledger.sinks.logging.google;

import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.time.Instant;

/** Who gives access tokens. */
interface TokenSource {
    /**
     * A new token.
     *
     * @throws TargetUnavailableException when there is none now
     * @throws TargetRefusedException when there will be none
     */
    Token fetch() throws TargetUnavailableException;

    /**
     * An access token.
     *
     * @param value what goes into the request
     * @param expires until when it is good, UTC
     */
    record Token(String value, Instant expires) {
        /** Without the value, which is a secret. */
        @Override
        public String toString() {
            return "token that expires " + expires;
        }
    }
}
