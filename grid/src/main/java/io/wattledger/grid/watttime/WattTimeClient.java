package io.wattledger.grid.watttime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedHttp;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.FeedUnavailableException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks WattTime. Logs in at the first question, again shortly before the token expires, and once more when it is not
 * taken. A login that was refused is not tried again for a while, so that no account is locked.
 */
final class WattTimeClient {
    /** A token holds for 30 minutes. */
    private static final Duration TOKEN_IS_USED = Duration.ofMinutes(25);

    private static final Duration LOGIN_IS_NOT_REPEATED = Duration.ofMinutes(10);
    /** WattTime takes 10 requests a second of an account. */
    private static final Duration GAP = Duration.ofMillis(100);

    private final String url;
    private final String username;
    private final String credentials;
    private final FeedHttp http;
    private final InstantSource clock;
    private final Pace pace;

    private @Nullable String token;
    private Instant tokenEnds = Instant.MIN;
    private @Nullable FeedRefusedException refusal;
    private Instant refusalEnds = Instant.MIN;

    WattTimeClient(WattTimeConfig config, FeedTools tools) {
        var password = config.password().value();
        this.url = tools.feed().url();
        this.username = config.username();
        this.credentials = Base64.getEncoder().encodeToString((config.username() + ":" + password).getBytes(UTF_8));
        this.http = tools.http(List.of(password, credentials));
        this.clock = tools.clock();
        this.pace = new Pace(GAP.multipliedBy(config.tasks()));
    }

    /** What WattTime answers to a question with these parameters. */
    JsonNode ask(String path, Map<String, String> parameters) throws FeedException, InterruptedException {
        var query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        var address = URI.create(url + path + "?" + query);
        try {
            return json(address, "Bearer " + token());
        } catch (FeedRefusedException e) {
            if (e.status() != HttpURLConnection.HTTP_UNAUTHORIZED || e == refusal) {
                throw e;
            }
            token = null;
            return json(address, "Bearer " + token());
        }
    }

    private String token() throws FeedException, InterruptedException {
        var now = clock.instant();
        if (refusal != null && now.isBefore(refusalEnds)) {
            throw refusal;
        }
        var current = token;
        if (current == null || !now.isBefore(tokenEnds)) {
            current = login();
            token = current;
            tokenEnds = now.plus(TOKEN_IS_USED);
        }
        return current;
    }

    private String login() throws FeedException, InterruptedException {
        try {
            var answer = json(URI.create(url + "/login"), "Basic " + credentials);
            refusal = null;
            var given = answer.path("token").asText("");
            if (given.isEmpty()) {
                throw new FeedUnavailableException("WattTime's answer to the login at " + url + " has no token", null);
            }
            return given;
        } catch (FeedRefusedException e) {
            refusal = new FeedRefusedException(
                    "Cannot log in to WattTime at " + url + " as " + username + " (HTTP " + e.status() + "); check "
                            + WattTimeConfig.USERNAME + " and " + WattTimeConfig.PASSWORD,
                    e.status(),
                    e.answer());
            refusalEnds = clock.instant().plus(LOGIN_IS_NOT_REPEATED);
            throw refusal;
        }
    }

    private JsonNode json(URI address, String authorization) throws FeedException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pace.turn(System.nanoTime()).toNanos());
        return http.json(address, Map.of("Authorization", authorization));
    }
}
