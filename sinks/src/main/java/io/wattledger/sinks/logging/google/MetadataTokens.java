package io.wattledger.sinks.logging.google;

import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/**
 * Tokens of the account that the machine has in Google Cloud, from its <a
 * href="https://cloud.google.com/compute/docs/access/authenticate-workloads#applications">metadata server</a>.
 */
final class MetadataTokens implements TokenSource {
    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";

    private final URI address;
    private final HttpSender http;
    private final InstantSource clock;

    MetadataTokens(URI server, HttpSender http, InstantSource clock) {
        this.address = server.resolve(PATH);
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Token fetch() throws TargetUnavailableException {
        var now = clock.instant();
        var answer = http.get(address, Map.of("Metadata-Flavor", "Google"));
        if (!answer.isGood()) {
            throw new TargetRefusedException(
                    answer.summary() + ": the machine has no account; set the key of one in the connector's settings",
                    null);
        }
        return TokenAnswer.read(answer, address, now);
    }
}
