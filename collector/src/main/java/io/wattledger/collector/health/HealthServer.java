package io.wattledger.collector.health;

import io.wattledger.collector.control.CollectorStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves health and metrics. A server of our own takes one thread and no memory to speak of, unlike that of the JDK. */
public final class HealthServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
    private static final int PATIENCE_MILLIS = 2000;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int LONGEST_REQUEST = 8192;
    private static final int WAITING_CLIENTS = 16;

    /** A collector that samples is stuck when it has not for this long: the longest interval is a minute. */
    private static final Duration LONGEST_WITHOUT_SAMPLE = Duration.ofMinutes(2);

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private record Answer(String status, String type, String body) {}

    private final ServerSocket socket;
    private final Supplier<CollectorStatus> status;
    private final Supplier<CollectorMetrics> metrics;
    private final InstantSource clock;
    private final Thread server = new Thread(this::serve, "collector-health");

    private HealthServer(
            ServerSocket socket,
            Supplier<CollectorStatus> status,
            Supplier<CollectorMetrics> metrics,
            InstantSource clock) {
        this.socket = socket;
        this.status = status;
        this.metrics = metrics;
        this.clock = clock;
        server.setDaemon(true);
    }

    /**
     * Begins to serve; empty when no port is set.
     *
     * @throws IOException when the port cannot be listened at
     */
    public static Optional<HealthServer> start(
            HealthSettings settings,
            Supplier<CollectorStatus> status,
            Supplier<CollectorMetrics> metrics,
            InstantSource clock)
            throws IOException {
        var address = settings.address();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        var socket = new ServerSocket();
        try {
            socket.bind(address.get(), WAITING_CLIENTS);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "Cannot serve health at " + address.get() + " (" + e.getMessage() + "); choose another "
                            + HealthSettings.PORT + " or " + HealthSettings.HOST,
                    e);
        }
        var started = new HealthServer(socket, status, metrics, clock);
        started.server.start();
        return Optional.of(started);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                answerNext(socket.accept());
            } catch (IOException e) {
                // As when too many files are open, which passes.
                LOG.debug("Cannot accept a request for health", e);
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            } catch (RuntimeException e) {
                // A defect of ours; measuring goes on, and so shall this.
                LOG.warn("Cannot answer a request for health: {}", e.toString());
            }
        }
    }

    private void answerNext(Socket accepted) {
        try (var client = accepted) {
            client.setSoTimeout(PATIENCE_MILLIS);
            answer(client);
        } catch (IOException e) {
            LOG.debug("A request for health came to nothing", e);
        }
    }

    private void answer(Socket client) throws IOException {
        var words = firstLine(client.getInputStream()).split(" ");
        var answer = words.length < 2 ? new Answer("400 Bad Request", TEXT, "Not HTTP\n") : answer(words[0], words[1]);
        var body = answer.body.getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 " + answer.status + "\r\nContent-Type: " + answer.type + "\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n";
        var out = client.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        if (!words[0].equals("HEAD")) {
            out.write(body);
        }
        out.flush();
    }

    private Answer answer(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Answer("405 Method Not Allowed", TEXT, "Only GET and HEAD\n");
        }
        return switch (path) {
            case "/healthz" -> health();
            case "/metrics" ->
                new Answer("200 OK", METRICS, PrometheusText.of(status.get(), metrics.get(), clock.instant()));
            default -> new Answer("404 Not Found", TEXT, "There are /healthz and /metrics\n");
        };
    }

    private Answer health() {
        var reasons = reasons();
        return reasons.isEmpty()
                ? new Answer("200 OK", TEXT, "ok\n")
                : new Answer("503 Service Unavailable", TEXT, String.join("\n", reasons) + "\n");
    }

    private List<String> reasons() {
        var reasons = new ArrayList<String>();
        var now = status.get();
        if (now.trouble() != null) {
            reasons.add(now.trouble());
        }
        var last = metrics.get().lastSample();
        if (!now.session().isEmpty() && last != null) {
            var age = Duration.between(last, clock.instant());
            if (age.compareTo(LONGEST_WITHOUT_SAMPLE) > 0) {
                reasons.add("The last sample ended " + age.toSeconds() + " s ago");
            }
        }
        return reasons;
    }

    /** Reads the head of a request to its end, so that closing does not reset the connection; gives its first line. */
    private static String firstLine(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < LONGEST_REQUEST && head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        int end = head.indexOf("\r\n");
        return end < 0 ? "" : head.substring(0, end);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            server.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
