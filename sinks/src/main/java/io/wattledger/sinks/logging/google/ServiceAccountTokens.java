package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.Map;

/**
 * Tokens of a <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">service
 * account</a>, for requests that its key has signed.
 */
final class ServiceAccountTokens implements TokenSource {
    private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final ServiceAccountKey key;
    private final HttpSender http;
    private final InstantSource clock;
    private final String setting;

    /** @param setting name of the setting that the key is from */
    ServiceAccountTokens(ServiceAccountKey key, HttpSender http, InstantSource clock, String setting) {
        this.key = key;
        this.http = http;
        this.clock = clock;
        this.setting = setting;
    }

    @Override
    public Token fetch() throws TargetUnavailableException {
        var now = clock.instant();
        var form = "grant_type=" + URLEncoder.encode(GRANT_TYPE, UTF_8) + "&assertion=" + key.assertion(now);
        var answer = http.post(
                key.tokenEndpoint(),
                form.getBytes(US_ASCII),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        if (!answer.isGood()) {
            throw new TargetRefusedException(
                    answer.summary() + ": no access token for the " + key + "; check " + setting
                            + " and the worker's clock",
                    null);
        }
        return TokenAnswer.read(answer, key.tokenEndpoint(), now);
    }
}
