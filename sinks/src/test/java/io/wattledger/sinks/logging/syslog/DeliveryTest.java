package io.wattledger.sinks.logging.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.sinks.http.TestCertificates;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.logging.Records;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With receivers that behave well and badly. */
class DeliveryTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private static Path folder;

    private final SyslogFormat format = new SyslogFormat(Facility.LOCAL0, "wattledger", 32_473, 8_192);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void countsWhenTheReceiverHasReadEverything() throws Exception {
        var received = receive();

        new ConfirmedDelivery(format, receiver(LONG)).send(lines(1));

        assertThat(received.get()).contains(" run=\"r0\" ");
    }

    @Test
    void doesNotCountWhenTheReceiverEndsBeforeItHasReadEverything() {
        threads.submit(() -> {
            // As when the system closes the connections of a process that was killed and has left something unread.
            try (var connection = server.accept()) {
                connection.setSoLinger(true, 0);
                return connection.getInputStream().read();
            }
        });

        assertThatThrownBy(() -> new ConfirmedDelivery(format, receiver(LONG)).send(lines(500)))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageStartingWith(
                        "Cannot deliver 500 lines to syslog receiver 127.0.0.1:" + server.getLocalPort());
    }

    @Test
    void doesNotWaitForEverForAReceiverThatDoesNotClose() throws Exception {
        var done = new CountDownLatch(1);
        threads.submit(() -> {
            try (var connection = server.accept()) {
                connection.getInputStream().readAllBytes();
                done.await();
                return null;
            }
        });

        assertThatThrownBy(() -> new ConfirmedDelivery(format, receiver(SHORT)).send(lines(1)))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("not done within 300 ms");
        done.countDown();
    }

    @Test
    void doesNotWaitForEverForAReceiverThatDoesNotRead() throws Exception {
        var done = new CountDownLatch(1);
        threads.submit(() -> {
            try (var connection = server.accept()) {
                done.await();
                return connection.isClosed();
            }
        });

        // More than the buffers of a connection take.
        assertThatThrownBy(() -> new ConfirmedDelivery(format, receiver(SHORT)).send(lines(20_000)))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("not done within 300 ms");
        done.countDown();
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        server.close();

        assertThatThrownBy(() -> new ConfirmedDelivery(format, receiver(LONG)).send(lines(1)))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("Connection refused");
    }

    @Test
    void anOpenConnectionTakesAllDeliveries() throws Exception {
        var received = receive();

        try (var backend = new OpenConnection(format, receiver(LONG))) {
            backend.send(List.of(line(0)));
            backend.confirm();
            backend.send(List.of(line(1)));
        }

        assertThat(received.get())
                .containsSubsequence("run=\"r0\"", "run=\"r1\"")
                .containsOnlyOnce("run=\"r0\"");
    }

    @Test
    void theLastDeliveryIsSentAgainWhenTheReceiverHasEndedTheConnection() throws Exception {
        var first = threads.submit(() -> {
            try (var connection = server.accept()) {
                return connection.getInputStream().read();
            }
        });
        var backend = new OpenConnection(format, receiver(LONG));
        backend.send(List.of(line(0)));
        assertThat(first.get()).as("the first byte").isPositive();

        var second = receive();
        backend.confirm();
        backend.close();

        assertThat(second.get()).contains(" run=\"r0\" ");
    }

    @Test
    void offsetsAreNotCommittedWhileTheReceiverIsGone() throws Exception {
        var first = threads.submit(() -> {
            try (var connection = server.accept()) {
                return connection.getInputStream().read();
            }
        });
        var backend = new OpenConnection(format, receiver(LONG));
        backend.send(List.of(line(0)));
        first.get();
        server.close();

        assertThatThrownBy(backend::confirm).isInstanceOf(TargetUnavailableException.class);
        assertThatThrownBy(() -> backend.send(List.of(line(1)))).isInstanceOf(TargetUnavailableException.class);
    }

    @Test
    void speaksTls() throws Exception {
        var certificate = TestCertificates.make(folder, "localhost", "dns:localhost");
        listenWith(certificate);
        var received = receive();

        new ConfirmedDelivery(format, tls(certificate.believing(certificate))).send(lines(300));

        assertThat(received.get()).contains(" run=\"r0\" ", " run=\"r299\" ");
    }

    @Test
    void refusesACertificateThatIsNotBelievedOrOfAnotherHost() throws Exception {
        var other = TestCertificates.make(folder, "other", "dns:other.example");
        listenWith(other);
        receive();
        assertThatThrownBy(() -> new ConfirmedDelivery(format, tls(SSLContext.getDefault())).send(lines(1)))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("PKIX path building failed")
                .hasMessageContaining("check its certificate");
        receive();
        assertThatThrownBy(() -> new ConfirmedDelivery(format, tls(other.believing(other))).send(lines(1)))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void triesAgainWhenTheReceiverGoesWhileTlsIsAgreedOn() {
        threads.submit(() -> {
            try (var connection = server.accept()) {
                return connection.getInputStream().read(new byte[10_000]);
            }
        });

        assertThatThrownBy(() -> new ConfirmedDelivery(format, tls(SSLContext.getDefault())).send(lines(1)))
                .isInstanceOf(TargetUnavailableException.class);
    }

    private void listenWith(TestCertificates certificate) throws IOException {
        server.close();
        server = certificate
                .believing(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** What one connection brings, to its end. */
    private Future<String> receive() {
        return threads.submit(() -> {
            try (Socket connection = server.accept()) {
                return new String(connection.getInputStream().readAllBytes(), UTF_8);
            }
        });
    }

    private Receiver receiver(Duration timeout) {
        return new Receiver("127.0.0.1", server.getLocalPort(), timeout, null);
    }

    private Receiver tls(SSLContext context) {
        return new Receiver("localhost", server.getLocalPort(), LONG, context);
    }

    private static List<LogLine> lines(int count) {
        return IntStream.range(0, count).mapToObj(DeliveryTest::line).toList();
    }

    private static LogLine line(int number) {
        return Records.line(Records.run("r" + number, 1).build(), number);
    }
}
