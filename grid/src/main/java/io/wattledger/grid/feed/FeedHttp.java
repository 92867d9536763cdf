package io.wattledger.grid.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service over HTTP, within its timeouts and the budget of requests. Of an answer that is not good it makes one of
 * the {@link FeedException}s: 429 is a quota; 408 and 5xx, broken and slow answers are unavailable; any other 4xx is
 * refused. {@code Retry-After} is honoured. Redirections are followed; the caller's headers, which may hold a
 * secret, go to the first host alone. No message shows a secret.
 */
public final class FeedHttp {
    private static final int LARGEST_BODY = 64 << 20;
    private static final int MOST_REDIRECTIONS = 5;
    private static final int REASON_LENGTH = 200;
    private static final Duration QUOTA_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_QUOTA_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final HttpClient client;
    private final Duration timeout;
    private final RequestBudget budget;
    private final InstantSource clock;
    private final List<String> secrets;
    private Instant blockedUntil = Instant.MIN;
    private Duration quotaPause = QUOTA_PAUSE;

    FeedHttp(FeedConfig feed, InstantSource clock, List<String> secrets) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(feed.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.timeout = feed.requestTimeout();
        this.budget = new RequestBudget(feed.requestsPerHour());
        this.clock = clock;
        this.secrets = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                .distinct()
                .toList();
    }

    /**
     * The JSON that the service answers; numbers with a fraction are decimals.
     *
     * @param headers the caller's headers, for example its credentials
     * @throws FeedUnavailableException also when the answer is not whole or no JSON
     */
    public JsonNode json(URI address, Map<String, String> headers) throws FeedException, InterruptedException {
        var text = get(address, headers).text();
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new FeedUnavailableException(
                    "The answer of " + shown(address) + " is cut off or no JSON ("
                            + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + "): " + reason(text),
                    null);
        }
    }

    /**
     * The answer of the service.
     *
     * @param headers the caller's headers, for example its credentials
     */
    public FeedAnswer get(URI address, Map<String, String> headers) throws FeedException, InterruptedException {
        var at = address;
        var headersHere = headers;
        for (int redirections = 0; redirections <= MOST_REDIRECTIONS; redirections++) {
            var response = send(at, headersHere);
            if (!isRedirection(response.statusCode())) {
                return good(at, response);
            }
            var next = target(at, response);
            if (!origin(next).equals(origin(at))) {
                headersHere = Map.of();
            }
            at = next;
        }
        throw new FeedUnavailableException(
                "Asked " + shown(address) + " and was redirected more than " + MOST_REDIRECTIONS + " times", null);
    }

    private HttpResponse<byte[]> send(URI address, Map<String, String> headers)
            throws FeedException, InterruptedException {
        var now = clock.instant();
        if (now.isBefore(blockedUntil)) {
            throw new FeedQuotaException(
                    "The service asked for no more requests until " + blockedUntil + "; values are read on after that",
                    blockedUntil);
        }
        var next = budget.take(now);
        if (next.isPresent()) {
            throw new FeedQuotaException(
                    "The budget of " + budget.perHour() + " requests an hour is used up until " + next.get()
                            + "; raise " + FeedConfig.REQUESTS_PER_HOUR
                            + " if your contract allows more, or read fewer zones",
                    next.get());
        }
        var request = HttpRequest.newBuilder(address).timeout(timeout).header("Accept-Encoding", "gzip");
        headers.forEach(request::setHeader);
        var answer = client.sendAsync(request.build(), info -> new LimitedBody(LARGEST_BODY));
        try {
            // The timeout of a request ends with its headers, and a body may drip for ever.
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new FeedUnavailableException(
                    "Asked " + shown(address) + " and had no whole answer within " + timeout.toMillis() + " ms", null);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw new FeedUnavailableException(
                    "Cannot read " + shown(address) + " (" + reason(String.valueOf(e.getCause())) + ")", null);
        }
    }

    private FeedAnswer good(URI address, HttpResponse<byte[]> response) throws FeedException {
        int status = response.statusCode();
        var body = unpacked(address, response);
        if (status / 100 == 2 || status == HttpURLConnection.HTTP_NOT_MODIFIED) {
            quotaPause = QUOTA_PAUSE;
            return new FeedAnswer(status, response.headers(), body);
        }
        var answer = new String(body, StandardCharsets.UTF_8);
        var what = "Asked " + shown(address) + ", which answered HTTP " + status
                + (answer.isBlank() ? "" : " (" + reason(answer) + ")");
        if (status == 429) {
            blockedUntil = retryAfter(response).orElseGet(this::nextTry);
            throw new FeedQuotaException(
                    what + ": the quota is used up; values are read on after " + blockedUntil, blockedUntil);
        }
        if (status == 408 || status / 100 == 5) {
            throw new FeedUnavailableException(
                    what + ": the service has a problem; it is asked again",
                    null,
                    retryAfter(response).orElse(null));
        }
        if (status / 100 == 4) {
            throw new FeedRefusedException(what + ": " + remedy(status), status, answer);
        }
        throw new FeedUnavailableException(what + ": it is asked again", null);
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 -> "check the credentials, and whether they are for this zone";
            case 403 -> "check whether your contract has this zone and kind of data";
            case 404 -> "check the address and the zone";
            default -> "check the zone and the settings";
        };
    }

    /** Each 429 that does not say how long to wait doubles the wait. */
    private Instant nextTry() {
        var pause = quotaPause;
        quotaPause = quotaPause.multipliedBy(2);
        if (quotaPause.compareTo(LONGEST_QUOTA_PAUSE) > 0) {
            quotaPause = LONGEST_QUOTA_PAUSE;
        }
        return clock.instant().plus(pause);
    }

    /** In seconds, or as a date; neither in the past nor longer than a day. */
    private Optional<Instant> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .map(this::moment)
                .map(moment -> {
                    var now = clock.instant();
                    var earliest = now.plusSeconds(1);
                    var latest = now.plus(LONGEST_RETRY_AFTER);
                    return moment.isBefore(earliest) ? earliest : moment.isAfter(latest) ? latest : moment;
                });
    }

    private @Nullable Instant moment(String text) {
        try {
            return text.matches("\\d{1,9}")
                    ? clock.instant().plusSeconds(Long.parseLong(text))
                    : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private byte[] unpacked(URI address, HttpResponse<byte[]> response) throws FeedUnavailableException {
        boolean gzip =
                response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
        if (!gzip || response.body().length == 0) {
            return response.body();
        }
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            var body = unpacked.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new IOException(LimitedBody.tooLong(LARGEST_BODY));
            }
            return body;
        } catch (IOException e) {
            throw new FeedUnavailableException(
                    "Cannot unpack the answer of " + shown(address) + " (" + e.getMessage() + ")", null);
        }
    }

    private static boolean isRedirection(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private URI target(URI from, HttpResponse<?> response) throws FeedUnavailableException {
        var location = response.headers().firstValue("Location").orElse("");
        try {
            var target = from.resolve(location);
            boolean web = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
            boolean safer = !"https".equals(from.getScheme()) || "https".equals(target.getScheme());
            if (!location.isEmpty() && web && safer && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the message below.
        }
        throw new FeedUnavailableException(
                "Asked " + shown(from) + " and was redirected to '" + reason(location) + "', which is not followed",
                null);
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    private String shown(URI address) {
        return redacted(address.toString());
    }

    /** What the service says, short and on one line. */
    private String reason(String text) {
        var line = redacted(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + "…";
    }

    private String redacted(String text) {
        var redacted = text;
        for (var secret : secrets) {
            redacted = redacted.replace(secret, "…");
        }
        return redacted;
    }
}
