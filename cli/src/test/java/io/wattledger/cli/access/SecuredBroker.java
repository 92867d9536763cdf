package io.wattledger.cli.access;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.stack.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker that speaks TLS alone, knows accounts by SCRAM, and lets none of them do what no ACL allows. */
final class SecuredBroker implements AutoCloseable {
    static final String ADMIN = "admin";

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path keys;
    private final int port = Ports.free();
    private final KafkaRaftServer server;

    /** @param accounts beside that of the administrator */
    SecuredBroker(Path folder, List<String> accounts) throws Exception {
        this.folder = folder;
        this.keys = key(folder);
        var storage = folder.resolve("broker");
        var all = new ArrayList<>(accounts);
        all.add(ADMIN);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, "UTF-8"))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .addDirectory(storage.toString())
                .setMetadataLogDirectory(storage.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(all.stream()
                        .map(account -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(account, secret(account)))
                        .toList())
                .run();
        server = new KafkaRaftServer(new KafkaConfig(settings(storage), false), Time.SYSTEM);
        server.startup();
    }

    private static Path key(Path folder) throws IOException, InterruptedException {
        var keys = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "broker",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return keys;
    }

    private Map<String, String> settings(Path storage) {
        int controller = Ports.free();
        var settings = new HashMap<String, String>();
        settings.put("node.id", "1");
        settings.put("process.roles", "broker,controller");
        settings.put("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put("log.dirs", storage.toString());
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        settings.put("listener.name.clients.scram-sha-512.sasl.jaas.config", login(ADMIN));
        settings.put("ssl.keystore.location", keys.toString());
        settings.put("ssl.keystore.password", PASSWORD);
        settings.put("ssl.truststore.location", keys.toString());
        settings.put("ssl.truststore.password", PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The controller's own listener has no accounts.
        settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        settings.put("allow.everyone.if.no.acl.found", "false");
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("default.replication.factor", "1");
        for (var topic : List.of("offsets.topic", "transaction.state.log")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        return settings;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Settings of a client that has this account. */
    Map<String, String> client(String account) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                login(account),
                "ssl.truststore.location",
                keys.toString(),
                "ssl.truststore.password",
                PASSWORD);
    }

    /** The same in a file. */
    Path clientFile(String account) throws IOException {
        return Files.writeString(
                folder.resolve(account + ".properties"),
                client(account).entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                        .collect(joining()));
    }

    private static String login(String account) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(account, secret(account));
    }

    private static String secret(String account) {
        return "secret-of-" + account;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
