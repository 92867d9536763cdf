package io.wattledger.sinks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service. An answer that is not good is one of three things: the service is not to be had (408, 425, 429, 5xx,
 * no answer in time, none at all), which is tried again; it refuses whatever we send (401, 403, 404, 405, 407, 410, a redirection,
 * a certificate that is not believed), which fails the task; or it refuses this content (any other 4xx), which is the
 * caller's to decide. No message shows a header, which may be a secret. Threads may share a sender.
 */
public final class HttpSender {
    private static final int REASON_LENGTH = 200;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final HttpClient client;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final String settings;
    private final String credentialsRemedy;
    private final Secrets secrets;
    private final ServiceManners manners;

    /**
     * @param settings what the names of the settings begin with
     * @param credentialsRemedy what to do when the service does not believe who we are
     */
    HttpSender(
            HttpClient client,
            Map<String, String> headers,
            Duration timeout,
            String settings,
            String credentialsRemedy,
            Secrets secrets,
            ServiceManners manners) {
        this.client = client;
        this.headers = Map.copyOf(headers);
        this.timeout = timeout;
        this.settings = settings;
        this.credentialsRemedy = credentialsRemedy;
        this.secrets = secrets;
        this.manners = manners;
    }

    /**
     * Posts a body.
     *
     * @param more headers of this request; they go before those of the settings
     * @throws TargetUnavailableException to be tried again
     * @throws TargetRefusedException when trying again is of no use, whatever is sent
     */
    public HttpAnswer post(URI address, byte[] body, Map<String, String> more) throws TargetUnavailableException {
        return answer(address, send(address, "POST", HttpRequest.BodyPublishers.ofByteArray(body), more));
    }

    /** Gets what is at an address; otherwise as {@link #post}. */
    public HttpAnswer get(URI address, Map<String, String> more) throws TargetUnavailableException {
        return answer(address, send(address, "GET", HttpRequest.BodyPublishers.noBody(), more));
    }

    private HttpResponse<byte[]> send(
            URI address, String method, HttpRequest.BodyPublisher body, Map<String, String> more)
            throws TargetUnavailableException {
        var request = HttpRequest.newBuilder(address).timeout(timeout).method(method, body);
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        var answer = client.sendAsync(request.build(), start -> new BeginningOfBody());
        try {
            // The timeout of a request ends with its headers, and a body may drip for ever.
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw tooLate(address, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new TargetUnavailableException("Interrupted while sending to " + shown(address), e);
        } catch (ExecutionException e) {
            throw failure(address, e.getCause());
        }
    }

    private TargetUnavailableException tooLate(URI address, @Nullable Throwable cause) {
        return new TargetUnavailableException(
                "Sent to " + shown(address) + " and had no whole answer within " + timeout.toMillis() + " ms", cause);
    }

    private TargetUnavailableException failure(URI address, @Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
            return tooLate(address, cause);
        }
        if (isDisagreement(cause)) {
            throw new TargetRefusedException(
                    "Cannot agree with " + shown(address) + " on a safe connection (" + reason(address, message(cause))
                            + "): check its certificate, and which ones the settings " + settings
                            + "ssl.… believe and show",
                    cause);
        }
        var hint = cause instanceof SSLException ? "; if it stays so, check the settings " + settings + "ssl.…" : "";
        return new TargetUnavailableException(
                "Cannot send to " + shown(address) + " (" + reason(address, message(cause)) + ")" + hint, cause);
    }

    /** Whether one side does not believe the other; a connection that broke off while they talked of it is none. */
    private static boolean isDisagreement(@Nullable Throwable cause) {
        for (var error = cause; error != null; error = error.getCause()) {
            boolean ours = error instanceof GeneralSecurityException || error instanceof SSLPeerUnverifiedException;
            boolean theirs = error instanceof SSLException
                    && String.valueOf(error.getMessage()).contains("Received fatal alert");
            if (ours || theirs) {
                return true;
            }
        }
        return false;
    }

    /** The JDK says nothing in words of what happens most. */
    private String message(@Nullable Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return client.connectTimeout()
                    .map(limit -> "no connection within " + limit.toMillis() + " ms")
                    .orElse("no connection");
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return cause.getCause() instanceof UnresolvedAddressException ? "unknown host" : "connection refused";
        }
        return cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : String.valueOf(cause);
    }

    private HttpAnswer answer(URI address, HttpResponse<byte[]> response) throws TargetUnavailableException {
        int status = response.statusCode();
        var text = new String(response.body(), UTF_8);
        var what = "Sent to " + shown(address) + ", which answered HTTP " + status
                + (text.isBlank() ? "" : " (" + reason(address, text) + ")");
        var answer = new HttpAnswer(status, response.body(), what);
        if (manners.refusesContent().test(answer)) {
            return answer;
        }
        if (status == 408 || status == 425 || status == 429 || status / 100 == 5) {
            throw new TargetUnavailableException(what, retryAfter(response).orElse(null), null);
        }
        if (status == 401 || status == 403 || status == 407) {
            throw new TargetRefusedException(what + ": " + credentialsRemedy, null);
        }
        if (status == 404 || status == 405 || status == 410 || status / 100 == 3) {
            throw new TargetRefusedException(what + ": check the address, " + settings + "url", null);
        }
        return answer;
    }

    /** In seconds, or as a date; no longer than an hour. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .map(HttpSender::wait)
                .filter(wait -> !wait.isNegative())
                .map(wait -> wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
    }

    private static @Nullable Duration wait(String text) {
        try {
            return text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(Instant.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Without a query, which may hold a key, and without a path that is one. */
    private String shown(URI address) {
        var path = address.getRawPath();
        var site = address.getScheme() + "://" + address.getRawAuthority();
        return manners.pathIsSecret() && path.length() > 1 ? site + "/…" : site + path;
    }

    /** What the service says, short, on one line, and without secrets. */
    private String reason(URI address, String text) {
        var hidden = secrets.hiddenIn(text);
        if (manners.pathIsSecret()) {
            hidden = Secrets.of(partsOf(address.getRawPath())).hiddenIn(hidden);
        }
        var line = hidden.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + "…";
    }

    private static ArrayList<String> partsOf(String path) {
        var parts = new ArrayList<String>();
        parts.add(path);
        for (var part : path.split("/")) {
            parts.add(part);
        }
        return parts;
    }
}
