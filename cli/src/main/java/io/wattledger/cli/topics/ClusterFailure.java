package io.wattledger.cli.topics;

import io.wattledger.cli.terminal.Failure;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Why a Kafka cluster did not do what was asked, and what to do. */
public final class ClusterFailure {
    private ClusterFailure() {}

    /**
     * A failure for people.
     *
     * @param bootstrapServers the cluster
     * @param cause what Kafka's client says
     */
    public static Failure of(String bootstrapServers, Throwable cause) {
        var cluster = "the Kafka cluster at " + bootstrapServers + " (" + cause.getMessage() + ")";
        if (cause instanceof AuthorizationException) {
            return new Failure(
                    "The account may not do this on " + cluster
                            + "; allow it, see `wattledger acls`, or give another one" + " with --client-config",
                    cause);
        }
        if (cause instanceof AuthenticationException) {
            return new Failure(
                    "Cannot log in to " + cluster + "; check the account and the certificates in --client-config",
                    cause);
        }
        return new Failure(
                "Cannot reach " + cluster + "; check --bootstrap-servers and that its brokers are up", cause);
    }
}
