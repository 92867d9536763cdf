package io.wattledger.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.stack.EmbeddedBroker;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.registry.Compatibility;
import io.wattledger.schemas.registry.HttpSchemaRegistry;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryServerIT {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker(@TempDir Path folder) {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static RegistryServer start() {
        return RegistryServer.start(Map.of("bootstrap.servers", broker.bootstrapServers()), ANYWHERE);
    }

    private static Schema record(String name) {
        return SchemaBuilder.record(name).fields().requiredString("a").endRecord();
    }

    @Test
    void whatWasAnsweredIsThereAfterAKill() {
        // Not closed before the next one starts: to the topic that is the same as a kill.
        try (var killed = start();
                var next = start()) {
            var before = HttpSchemaRegistry.at(killed.url().toString());
            var id = before.register("kill-value", record("Kill"));
            before.setCompatibility("kill-value", Compatibility.FULL_TRANSITIVE);

            try (var restarted = start()) {
                var after = HttpSchemaRegistry.at(restarted.url().toString());
                assertThat(after.byId(id)).isEqualTo(record("Kill"));
                assertThat(after.latest("kill-value").orElseThrow().version()).isEqualTo(1);
                assertThat(after.compatibility("kill-value")).isEqualTo(Compatibility.FULL_TRANSITIVE);
                assertThat(after.register("kill-value", record("Kill"))).isEqualTo(id);
                assertThat(after.register("other-value", record("Other"))).isGreaterThan(id);
            }
            // One that was running all the time decides on what others wrote, too.
            assertThat(HttpSchemaRegistry.at(next.url().toString()).register("again-value", record("Kill")))
                    .isEqualTo(id);
        }
    }

    @Test
    void manyClientsGetOneNumberPerSchema() throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(8);
        try (var server = start()) {
            var work = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < 80; i++) {
                var name = "Many" + i % 20;
                work.add(() -> HttpSchemaRegistry.at(server.url().toString()).register("many-" + name, record(name)));
            }
            var ids = new ArrayList<Integer>();
            for (var done : threads.invokeAll(work)) {
                ids.add(done.get());
            }

            assertThat(new HashSet<>(ids)).hasSize(20);
            IntStream.range(20, 80).forEach(i -> assertThat(ids.get(i)).isEqualTo(ids.get(i % 20)));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void withoutItsBrokerItAnswersWhatItKnowsAndSaysWhyItCannotWrite(@TempDir Path folder) {
        var ownBroker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        try (var server = RegistryServer.start(Map.of("bootstrap.servers", ownBroker.bootstrapServers()), ANYWHERE)) {
            var registry = HttpSchemaRegistry.at(server.url().toString());
            var id = registry.register("kept-value", record("Kept"));
            ownBroker.close();

            assertThat(HttpSchemaRegistry.at(server.url().toString()).byId(id)).isEqualTo(record("Kept"));
            var patient = new HttpSchemaRegistry(new RegistryConfig(
                    Map.of("schema.registry.url", server.url().toString(), "max.retries", "0")));
            assertThatThrownBy(() -> patient.register("new-value", record("New")))
                    .isInstanceOf(SchemaRegistryException.class)
                    .hasMessageContaining("_schemas");
        } finally {
            ownBroker.close();
        }
    }

    @Test
    void deletedSubjectsStayDeletedAfterARestart() throws IOException, InterruptedException {
        try (var server = start()) {
            HttpSchemaRegistry.at(server.url().toString()).register("gone-value", record("Gone"));
            RawHttp.call("DELETE", server.url().resolve("/subjects/gone-value"));
        }
        try (var server = start()) {
            assertThat(HttpSchemaRegistry.at(server.url().toString()).latest("gone-value"))
                    .isEmpty();
            assertThat(RawHttp.call("GET", server.url().resolve("/subjects?deleted=true")))
                    .contains("gone-value");
        }
    }

    @Test
    void refusesATopicThatForgets() throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, "_schemas");
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            if (!admin.listTopics().names().get().contains("_schemas")) {
                admin.createTopics(Set.of(new NewTopic("_schemas", Optional.of(1), Optional.empty())))
                        .all()
                        .get();
            }
            try {
                setCleanup(admin, resource, "delete");
                assertThatThrownBy(RegistryServerIT::start)
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("cleanup.policy=delete");
            } finally {
                setCleanup(admin, resource, "compact");
            }
        }
    }

    private static void setCleanup(Admin admin, ConfigResource resource, String policy)
            throws ExecutionException, InterruptedException {
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        Set.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    @Test
    void saysSoWhenThePortIsTaken() {
        try (var server = start()) {
            var taken = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server.url().getPort());

            assertThatThrownBy(
                            () -> RegistryServer.start(Map.of("bootstrap.servers", broker.bootstrapServers()), taken))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(Integer.toString(taken.getPort()))
                    .hasMessageContaining("another port");
        }
    }

    @Test
    void saysSoWhenNoBrokerAnswers() {
        assertThatThrownBy(() -> RegistryServer.start(
                        Map.of(
                                "bootstrap.servers",
                                "127.0.0.1:1",
                                "default.api.timeout.ms",
                                "300",
                                "request.timeout.ms",
                                "200"),
                        ANYWHERE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("_schemas");
    }
}
