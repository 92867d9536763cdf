package io.wattledger.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.host.HostFacts;
import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.HostProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CollectorConfigTest {
    @Test
    void needsNothingButADataDirectory() {
        var config = CollectorConfig.of(Map.of("data.dir", "/var/lib/wattledger"));

        assertThat(config.folder()).isEqualTo(Path.of("/var/lib/wattledger/collector"));
        assertThat(config.zone()).isEqualTo("unknown");
        assertThat(config.pueThousandths()).isEqualTo(1000);
        assertThat(config.policy()).isEqualTo(AttributionPolicy.MACHINE);
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.exitWhenIdle()).isNull();
        assertThat(config.host()).isEqualTo(HostFacts.hostName());
        assertThat(config.sensors().sys()).isEqualTo(Path.of("/sys"));
        assertThat(config.kafka()).isEmpty();
    }

    @Test
    void takesAllSettings() {
        var config = CollectorConfig.of(Map.ofEntries(
                Map.entry("data.dir", "/d"),
                Map.entry("bootstrap.servers", "b:1"),
                Map.entry("schema.registry.url", "http://r:2"),
                Map.entry("zone", "US-CA"),
                Map.entry("pue", "1.25"),
                Map.entry("attribution.policy", "Shared"),
                Map.entry("interval.ms", "500"),
                Map.entry("host.name", "vm-3"),
                Map.entry("exit.when.idle.ms", "3000"),
                Map.entry("sys.dir", "/host/sys"),
                Map.entry("kafka.value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer"),
                Map.entry("kafka.security.protocol", "SSL")));

        assertThat(config.host()).isEqualTo("vm-3");
        assertThat(config.pueThousandths()).isEqualTo(1250);
        assertThat(config.policy()).isEqualTo(AttributionPolicy.SHARED);
        assertThat(config.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.exitWhenIdle()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.sensors().sys()).isEqualTo(Path.of("/host/sys"));
        assertThat(config.endpoints().find()).hasValueSatisfying(endpoints -> {
            assertThat(endpoints.bootstrapServers()).isEqualTo("b:1");
            assertThat(endpoints.schemaRegistryUrl()).isEqualTo("http://r:2");
        });
        assertThat(config.kafka())
                .isEqualTo(Map.of(
                        "value.serializer",
                        "io.confluent.kafka.serializers.KafkaAvroSerializer",
                        "security.protocol",
                        "SSL"));
    }

    @Test
    void writesWhatIsSaidOfTheHostIntoItsProfile() {
        var config = CollectorConfig.of(Map.of(
                "data.dir", "/d",
                "provider", "aws",
                "instance.type", "m5.metal",
                "contract", "wind",
                "water.ml.per.kwh", "180",
                "embodied.grams", "900000",
                "embodied.source", "data sheet",
                "lifetime.days", "1825"));
        var profile = new HostProfile();
        config.nameplate().writeTo(profile);

        assertThat(profile.getProvider()).isEqualTo("aws");
        assertThat(profile.getRegion()).isNull();
        assertThat(profile.getInstanceType()).isEqualTo("m5.metal");
        assertThat(profile.getContract()).isEqualTo("wind");
        assertThat(profile.getWaterMillilitresPerKwh()).isEqualTo(180);
        assertThat(profile.getEmbodiedGrams()).isEqualTo(900_000);
        assertThat(profile.getEmbodiedSource()).isEqualTo("data sheet");
        assertThat(profile.getLifetimeMillis()).isEqualTo(Duration.ofDays(1825).toMillis());
    }

    @Test
    void takesTheNameOfTheHostFromAFileSuchAsEtcHostname(@TempDir Path dir) throws IOException {
        Files.writeString(dir.resolve("hostname"), "node-17\n");
        var config = CollectorConfig.of(Map.of("data.dir", "/d", "host.name", "${directory:" + dir + ":hostname}"));

        assertThat(config.host()).isEqualTo("node-17");
    }

    @Test
    void takesSecretsFromFilesAndTheEnvironment(@TempDir Path dir) throws IOException {
        var file = Files.writeString(dir.resolve("secrets.properties"), "password=s3cret\n");
        var variable = System.getenv().keySet().iterator().next();
        var config = CollectorConfig.of(Map.of(
                "data.dir", "/d",
                "kafka.sasl.jaas.config", "Login required password=\"${file:" + file + ":password}\";",
                "kafka.client.rack", "${env:" + variable + "}"));

        assertThat(config.kafka())
                .containsEntry("sasl.jaas.config", "Login required password=\"s3cret\";")
                .containsEntry("client.rack", System.getenv(variable));
    }

    @Test
    void takesIdlePowers() {
        var config = CollectorConfig.of(Map.of("data.dir", "/d", "idle.watts", "package-0=18.5, gpu-0=25"));

        assertThat(config.idle())
                .containsExactly(Map.entry("package-0", new Power(18_500)), Map.entry("gpu-0", new Power(25_000)));
    }

    @Test
    void looksForTheStackInTheDataDirectory(@TempDir Path dir) throws IOException {
        Files.writeString(dir.resolve("stack.properties"), "bootstrap.servers=x:1\nschema.registry.url=http://x:2\n");

        assertThat(CollectorConfig.of(Map.of("data.dir", dir.toString()))
                        .endpoints()
                        .find())
                .isPresent();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("bogus", "1", "Unknown setting bogus"),
                Arguments.of("interval.ms", "often", "interval.ms"),
                Arguments.of("interval.ms", "99", "interval.ms"),
                Arguments.of("interval.ms", "60001", "interval.ms"),
                Arguments.of("pue", "0.9", "pue"),
                Arguments.of("pue", "much", "pue"),
                Arguments.of("attribution.policy", "fair", "attribution.policy"),
                Arguments.of("zone", "", "zone"),
                Arguments.of("spool.max.bytes", "1000", "spool.max.bytes"),
                Arguments.of("kafka.acks", "0", "kafka.acks cannot be set"),
                Arguments.of("idle.watts", "package-0", "idle.watts"),
                Arguments.of("idle.watts", "package-0=-3", "at least 0"),
                Arguments.of("sensors", "rapl,crystal-ball", "there is no sensor crystal-ball"),
                Arguments.of("kafka.sasl.jaas.config", "${file:/nowhere/at/all:password}", "/nowhere/at/all"),
                Arguments.of("zone", "${env:WATTLEDGER_TEST_SURELY_NOT_SET}", "zone refers to"),
                Arguments.of("bootstrap.servers", "b:1", "Set both of"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrong(String key, String value, String message) {
        assertThatThrownBy(() -> CollectorConfig.of(Map.of("data.dir", "/d", key, value)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> CollectorConfig.of(Map.of("interval.ms", "x", "pue", "0", "colour", "red")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("data.dir")
                .hasMessageContaining("interval.ms")
                .hasMessageContaining("pue")
                .hasMessageContaining("colour");
    }

    @Test
    void readsFilesAndArgumentsTheLaterOnesFirst(@TempDir Path dir) throws IOException {
        var file = Files.writeString(dir.resolve("c.properties"), "zone=FR\npue=1.2\n");

        assertThat(new HashMap<>(CollectorMain.settings(List.of("pue=1.1", file.toString(), "zone=DE=1"))))
                .isEqualTo(Map.of("zone", "DE=1", "pue", "1.2"));
        assertThatThrownBy(() -> CollectorMain.settings(List.of("nowhere.properties")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere.properties");
    }
}
