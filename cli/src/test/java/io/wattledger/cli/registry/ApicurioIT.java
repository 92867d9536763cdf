package io.wattledger.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.cli.stack.Ports;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.registry.Compatibility;
import io.wattledger.schemas.registry.HttpSchemaRegistry;
import io.wattledger.schemas.registry.IncompatibleSchemaException;
import io.wattledger.schemas.registry.SchemaRegistryException;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.schemas.serde.PortableSchema;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client against a real Apicurio Registry, by its Confluent-compatible API. Runs with {@code -Papicurio}. */
class ApicurioIT {
    private static final int JAVA_IT_NEEDS = 21;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Process apicurio;
    private static String url;

    private final HttpSchemaRegistry registry = HttpSchemaRegistry.at(url);

    @BeforeAll
    static void startApicurio(@TempDir Path folder) throws IOException, InterruptedException {
        var home = System.getProperty("apicurio.home");
        assumeTrue(home != null, "Apicurio Registry is not there; fetch and test it with mvn verify -Papicurio");
        var java = SecondJdk.java(JAVA_IT_NEEDS);
        assumeTrue(java.isPresent(), "Apicurio Registry needs a JDK " + JAVA_IT_NEEDS + " or newer and none was found");
        var port = Ports.free();
        var output = folder.resolve("apicurio.log");
        apicurio = new ProcessBuilder(
                        java.get().toString(),
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        // Its management port is taken where another one runs.
                        "-Dquarkus.management.port=" + Ports.free(),
                        "-jar",
                        launcher(Path.of(home)).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
        await(output);
    }

    private static Path launcher(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            return files.filter(file -> file.endsWith("quarkus-run.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("No quarkus-run.jar below " + home));
        }
    }

    private static void await(Path output) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                HttpSchemaRegistry.at(url).latest("nobody");
                return;
            } catch (SchemaRegistryException e) {
                if (!apicurio.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("Apicurio Registry did not start:\n" + Files.readString(output), e);
                }
                apicurio.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    @AfterAll
    static void stopApicurio() throws InterruptedException {
        if (apicurio != null) {
            apicurio.destroy();
            if (!apicurio.waitFor(20, TimeUnit.SECONDS)) {
                apicurio.destroyForcibly().waitFor();
            }
        }
    }

    private static Schema record(String name, boolean withRequired) {
        var fields = SchemaBuilder.record(name).fields().requiredString("a");
        return (withRequired ? fields.requiredInt("b") : fields.optionalInt("b")).endRecord();
    }

    @Test
    void registersEverySchemaOfOurs() {
        for (var topic : Topics.all()) {
            for (var schema : new Schema[] {topic.key(), topic.value()}) {
                var portable = PortableSchema.of(schema);
                var subject = topic.name() + (schema == topic.key() ? "-key" : "-value");

                var id = registry.register(subject, portable);

                var another = HttpSchemaRegistry.at(url);
                assertThat(another.byId(id)).isEqualTo(portable);
                assertThat(another.idOf(subject, portable)).hasValue(id);
                assertThat(another.latest(subject).orElseThrow().id()).isEqualTo(id);
            }
        }
    }

    @Test
    void serdesWorkThroughIt() {
        var key = new RunHostKey("run-1", "vm-3");
        var bytes = AvroSerde.<RunHostKey>ofKeys(registry).serializer().serialize("serdes", key);

        assertThat(AvroSerde.<RunHostKey>ofKeys(HttpSchemaRegistry.at(url))
                        .deserializer()
                        .deserialize("serdes", bytes))
                .isEqualTo(key);
    }

    @Test
    void whatItDoesNotHaveIsEmpty() {
        registry.register("known-value", record("Known", false));

        assertThat(registry.latest("nobody")).isEmpty();
        assertThat(registry.idOf("nobody", record("Nobody", false))).isEmpty();
        assertThat(registry.idOf("known-value", record("Nobody", false))).isEmpty();
        assertThatThrownBy(() -> registry.byId(987_654))
                .isInstanceOfSatisfying(SchemaRegistryException.class, e -> assertThat(e.isTransient())
                        .isFalse());
    }

    @Test
    void keepsToTheCompatibilityLevel() {
        registry.register("level-value", record("Level", false));
        registry.setCompatibility("level-value", Compatibility.FULL_TRANSITIVE);

        assertThat(registry.compatibility("level-value")).isEqualTo(Compatibility.FULL_TRANSITIVE);
        assertThat(registry.compatibility("nobody")).isNotNull();
        assertThatThrownBy(() -> registry.register("level-value", record("Level", true)))
                .isInstanceOfSatisfying(IncompatibleSchemaException.class, e -> assertThat(e.subject())
                        .isEqualTo("level-value"));
    }
}
