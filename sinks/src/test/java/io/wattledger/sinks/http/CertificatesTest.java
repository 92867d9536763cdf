package io.wattledger.sinks.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wattledger.sinks.task.TargetRefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final HttpSettings SETTINGS = new HttpSettings("x.");

    @TempDir
    private static Path folder;

    private static TestCertificates service;
    private static TestCertificates client;
    private static LocalServer open;
    private static LocalServer closed;

    @BeforeAll
    static void start() {
        service = TestCertificates.make(folder, "service", "dns:localhost,ip:127.0.0.1");
        client = TestCertificates.make(folder, "client", "dns:client");
        open = LocalServer.startSafe(service.believing(client), false);
        closed = LocalServer.startSafe(service.believing(client), true);
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
    }

    @Test
    void believesAnAuthorityGivenAsText() throws Exception {
        assertThat(post(open, believing()).isGood()).isTrue();
    }

    @Test
    void believesAnAuthorityInAFile() throws Exception {
        var settings = Map.of(
                "x.ssl.truststore.location", service.file().toString(),
                "x.ssl.truststore.password", service.password(),
                "x.ssl.truststore.type", "PKCS12");

        assertThat(post(open, settings).isGood()).isTrue();
    }

    @Test
    void failsAtACertificateThatNobodyVouchesFor() {
        assertThatThrownBy(() -> post(open, Map.of()))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageStartingWith("Cannot agree with " + open.url() + "/in on a safe connection (")
                .hasMessageContaining("unable to find valid certification path")
                .hasMessageEndingWith("check its certificate, and which ones the settings x.ssl.… believe and show");
    }

    @Test
    void failsAtACertificateForAnotherName() {
        var other = TestCertificates.make(folder, "other", "dns:other.example");
        try (var server = LocalServer.startSafe(other.believing(client), false)) {
            var settings = Map.of("x.ssl.truststore.type", "PEM", "x.ssl.truststore.certificates", other.certificate());

            assertThatThrownBy(() -> post(server, settings))
                    .isInstanceOf(TargetRefusedException.class)
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void showsItsOwnCertificateGivenAsText() throws Exception {
        var settings = believing();
        settings.put("x.ssl.keystore.type", "PEM");
        settings.put("x.ssl.keystore.key", client.key());
        settings.put("x.ssl.keystore.certificate.chain", client.certificate());

        assertThat(post(closed, settings).isGood()).isTrue();
    }

    @Test
    void showsItsOwnCertificateInAFile() throws Exception {
        var settings = believing();
        settings.put("x.ssl.keystore.type", "PKCS12");
        settings.put("x.ssl.keystore.location", client.file().toString());
        settings.put("x.ssl.keystore.password", client.password());

        assertThat(post(closed, settings).isGood()).isTrue();
    }

    @Test
    void failsAtTheAlertOfAServiceThatWantsACertificate() throws Exception {
        assumeThat(hasOpenssl()).as("openssl (package openssl)").isTrue();
        var key = Files.writeString(folder.resolve("service.pem"), service.certificate() + service.key());
        var anchor = Files.writeString(folder.resolve("client.pem"), client.certificate());
        int port = freePort();
        var openssl = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-cert",
                        key.toString(),
                        "-key",
                        key.toString(),
                        "-CAfile",
                        anchor.toString(),
                        "-Verify",
                        "1",
                        "-www")
                .redirectErrorStream(true)
                .start();
        try {
            // It says ACCEPT when it listens.
            var said = new BufferedReader(new InputStreamReader(openssl.getInputStream(), UTF_8));
            for (var line = said.readLine(); !"ACCEPT".equals(line); line = said.readLine()) {
                assertThat(line).as("what openssl says").isNotNull();
            }
            var address = URI.create("https://127.0.0.1:" + port + "/in");

            assertThatThrownBy(() -> sender(believing()).post(address, new byte[0], Map.of()))
                    .isInstanceOf(TargetRefusedException.class)
                    .hasMessageContaining("Received fatal alert")
                    .hasMessageEndingWith("which ones the settings x.ssl.… believe and show");
        } finally {
            openssl.destroyForcibly();
        }
    }

    private static boolean hasOpenssl() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> believing() {
        var settings = new HashMap<String, String>();
        settings.put("x.ssl.truststore.type", "PEM");
        settings.put("x.ssl.truststore.certificates", service.certificate());
        return settings;
    }

    private static HttpAnswer post(LocalServer server, Map<String, String> settings) throws Exception {
        return sender(settings).post(server.address("/in"), new byte[] {1}, Map.of());
    }

    private static HttpSender sender(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("x.url", "https://localhost");
        return SETTINGS.sender(new AbstractConfig(SETTINGS.define(new ConfigDef(), null), all, false));
    }
}
