package io.wattledger.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.CommandRun;
import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.Patience;
import io.wattledger.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every role on a cluster with TLS, accounts and an authorizer, with the ACLs that {@code wattledger acls} makes. */
class SecuredClusterIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<CommandProcess> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(CommandProcess::kill);
    }

    @Test
    void everyRoleWorksWithItsAclsAndTheCollectorCanDoNothingElse() throws Exception {
        var accounts =
                List.of(Access.values()).stream().map(SecuredClusterIT::account).toList();
        try (var broker = new SecuredBroker(folder, accounts)) {
            var admin = broker.clientFile(SecuredBroker.ADMIN).toString();
            succeeds("topics", "create", "--replication-factor=1", "--partitions=4", cluster(broker), client(admin));
            assertThat(succeeds("acls", cluster(broker), client(admin)).out())
                    .contains("collector (User:wattledger-collector): 3 ACLs are in place");

            var registry = role(broker, Access.registry, "registry");
            var registryUrl = address(registry);
            role(broker, Access.streams, "streams", "--schema-registry", registryUrl);
            role(broker, Access.connect, "connect", "--schema-registry", registryUrl);
            startCollector(broker, registryUrl);

            var auditor = broker.clientFile(account(Access.auditor)).toString();
            var run = CommandProcess.start(
                    folder.resolve("host"),
                    "run",
                    cluster(broker),
                    "--schema-registry=" + registryUrl,
                    client(auditor),
                    "--zone=FR",
                    "--",
                    "sleep",
                    "2");
            processes.add(run);
            assertThat(run.awaitExit()).as(run.err()).isZero();
            var ledger =
                    new LedgerReader(broker.bootstrapServers(), registryUrl, broker.client(account(Access.auditor)));
            Patience.until(() -> ledger.runs().values().stream().anyMatch(total -> total.getRevision() > 0));
            Patience.until(() -> ledger.ledger().values().stream().anyMatch(row -> row.getEmissionsMicrograms() > 0));

            var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
            succeeds(
                    "correct",
                    "--host=vm",
                    "--from=" + hour.minus(2, ChronoUnit.HOURS),
                    "--to=" + hour.minus(1, ChronoUnit.HOURS),
                    "--pue=1.2",
                    "--why=a test",
                    cluster(broker),
                    "--schema-registry=" + registryUrl,
                    client(broker.clientFile(account(Access.corrector)).toString()));
            succeeds("audit", cluster(broker), "--schema-registry=" + registryUrl, client(auditor));

            canDoNothingElse(broker);
            saysWhatIsAmiss(broker, registryUrl);
            aRoleEndsWithAWrongPassword(broker, registryUrl);
        }
    }

    private static void saysWhatIsAmiss(SecuredBroker broker, String registryUrl) throws Exception {
        var audit = List.of("audit", cluster(broker), "--schema-registry=" + registryUrl);
        var notAllowed = CommandRun.of(
                with(audit, client(broker.clientFile(account(Access.collector)).toString())));
        assertThat(notAllowed.exitCode()).isEqualTo(1);
        assertThat(notAllowed.err().lines()).singleElement().asString().contains("may not", "wattledger acls");
        var unknown =
                CommandRun.of(with(audit, client(broker.clientFile("nobody").toString())));
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err().lines()).singleElement().asString().contains("Cannot log in", "--client-config");
    }

    /** Once, in a line, and not again and again. */
    private void aRoleEndsWithAWrongPassword(SecuredBroker broker, String registryUrl) throws Exception {
        var nobody = client(broker.clientFile("nobody").toString());
        for (var name : List.of("streams", "connect")) {
            var role = CommandProcess.start(
                    folder.resolve("wrong"),
                    name,
                    "--port=0",
                    cluster(broker),
                    "--schema-registry=" + registryUrl,
                    nobody);
            processes.add(role);
            assertThat(role.awaitExit()).as(role.err()).isEqualTo(1);
            assertThat(role.err().lines()).singleElement().asString().contains("Cannot log in", "--client-config");
        }
    }

    private static String[] with(List<String> command, String further) {
        var all = new ArrayList<>(command);
        all.add(further);
        return all.toArray(String[]::new);
    }

    private void startCollector(SecuredBroker broker, String registryUrl) throws Exception {
        var config = new StringBuilder()
                .append("data.dir=")
                .append(folder.resolve("host"))
                .append("\nhost.name=vm\nzone=FR\nbootstrap.servers=")
                .append(broker.bootstrapServers())
                .append("\nschema.registry.url=")
                .append(registryUrl)
                .append('\n');
        broker.client(account(Access.collector)).forEach((name, value) -> config.append("kafka.")
                .append(name)
                .append('=')
                .append(value)
                .append('\n'));
        var file = Files.writeString(folder.resolve("collector.properties"), config);
        var collector = CommandProcess.start(folder.resolve("host"), "collector", "--config", file.toString());
        processes.add(collector);
        collector.awaitOut("collector ready");
    }

    /** With the account of a collector, which can be taken from any host. */
    private static void canDoNothingElse(SecuredBroker broker) throws Exception {
        var settings = new HashMap<String, Object>(broker.client(account(Access.collector)));
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("default.api.timeout.ms", "20000");
        settings.put("request.timeout.ms", "10000");
        for (var topic : Topics.all()) {
            cannotRead(settings, topic.name());
            if (!List.of(Topics.POWER_SAMPLES, Topics.RUNS, Topics.HOSTS).contains(topic)) {
                cannotWrite(settings, topic.name());
            }
        }
        cannotWrite(settings, "_schemas");
        try (var admin = Admin.create(settings)) {
            refused(admin.createTopics(List.of(new NewTopic("mine", 1, (short) 1)))
                    .all());
            refused(admin.deleteTopics(List.of(Topics.POWER_SAMPLES.name())).all());
            refused(admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Topics.POWER_SAMPLES.name()),
                            List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET))))
                    .all());
            refused(admin.describeConfigs(
                            List.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.POWER_SAMPLES.name())))
                    .all());
            refused(admin.listConsumerGroupOffsets("wattledger-ledger").partitionsToOffsetAndMetadata());
            refused(admin.createAcls(Access.collector
                            .rules("wattledger-ledger")
                            .get(0)
                            .bindings("User:x")
                            .toList())
                    .all());
            assertThat(admin.listTopics().names().get())
                    .containsExactlyInAnyOrder(Topics.POWER_SAMPLES.name(), Topics.RUNS.name(), Topics.HOSTS.name());
        }
    }

    private static void cannotRead(Map<String, Object> settings, String topic) {
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            assertThatThrownBy(() -> {
                        for (int polls = 0; polls < 20; polls++) {
                            consumer.poll(Duration.ofSeconds(1));
                        }
                    })
                    .as("reading " + topic)
                    .isInstanceOf(AuthorizationException.class);
        }
    }

    private static void cannotWrite(Map<String, Object> settings, String topic) {
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1], new byte[1]))
                            .get())
                    .as("writing to " + topic)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    private static void refused(KafkaFuture<?> answer) {
        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AuthorizationException.class);
    }

    private CommandProcess role(SecuredBroker broker, Access access, String name, String... further) throws Exception {
        var arguments = new ArrayList<>(List.of(
                name,
                "--port",
                "0",
                cluster(broker),
                client(broker.clientFile(account(access)).toString())));
        arguments.addAll(List.of(further));
        var role = CommandProcess.start(folder.resolve("roles"), arguments.toArray(String[]::new));
        processes.add(role);
        return role.awaitOut(name + " ready at ");
    }

    private static String address(CommandProcess role) {
        var words = role.out().strip().split(" ");
        return words[words.length - 1];
    }

    private static CommandRun succeeds(String... command) {
        var run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }

    private static String account(Access access) {
        return "wattledger-" + access.name();
    }

    private static String cluster(SecuredBroker broker) {
        return "--bootstrap-servers=" + broker.bootstrapServers();
    }

    private static String client(String file) {
        return "--client-config=" + file;
    }
}
