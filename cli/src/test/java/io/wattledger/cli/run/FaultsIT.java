package io.wattledger.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.CommandRun;
import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.Patience;
import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Roles as processes of their own, killed with SIGKILL while they work; afterwards the ledger must be exact. */
@EnabledOnOs(OS.LINUX)
class FaultsIT {
    private static final int HOSTS = 5;
    private static final int SAMPLES = 400;
    /** Young enough not to be sealed, old enough to be over. */
    private static final Instant EPOCH =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    private CommandProcess broker;
    private CommandProcess registry;
    private CommandProcess connect;
    private CommandProcess streams;
    private String bootstrap;
    private String registryUrl;

    @BeforeEach
    void startBrokerAndRegistry() {
        broker = CommandProcess.start(data, "broker", "--port", "0").awaitOut("broker ready at ");
        bootstrap = address(broker);
        registry = CommandProcess.start(data, "registry", "--port", "0", "--bootstrap-servers", bootstrap)
                .awaitOut("registry ready at ");
        registryUrl = address(registry);
        var topics = CommandRun.of(
                "topics", "create", "--replication-factor=1", "--partitions=4", "--bootstrap-servers=" + bootstrap);
        assertThat(topics.exitCode()).as(topics.out() + topics.err()).isZero();
    }

    private void startConnectAndStreams() throws IOException {
        Files.writeString(data.resolve("client.properties"), "session.timeout.ms=3000\nheartbeat.interval.ms=1000\n");
        connect = role("connect");
        streams = role("streams");
        connect.awaitOut("connect ready at ");
        streams.awaitOut("streams ready at ");
    }

    private CommandProcess role(String name, String... further) {
        var arguments = new ArrayList<>(List.of(
                name,
                "--port",
                "0",
                "--bootstrap-servers",
                bootstrap,
                "--schema-registry",
                registryUrl,
                "--client-config",
                data.resolve("client.properties").toString()));
        arguments.addAll(List.of(further));
        return CommandProcess.start(data, arguments.toArray(String[]::new));
    }

    private static String address(CommandProcess role) {
        var line = role.out()
                .lines()
                .filter(text -> text.contains(" ready at "))
                .findFirst()
                .orElseThrow();
        return line.substring(line.indexOf(" ready at ") + " ready at ".length())
                .strip();
    }

    @AfterEach
    void stopRoles() {
        for (var role : new CommandProcess[] {streams, connect, registry, broker}) {
            if (role != null) {
                role.kill();
            }
        }
    }

    @Test
    void aKilledStreamsProcessLosesAndDoublesNothing() throws IOException {
        startConnectAndStreams();
        var random = new Random(20260301);
        var expected = new TreeMap<String, Long>();
        try (var producer = producer()) {
            for (int seq = 1; seq <= SAMPLES; seq++) {
                for (int host = 0; host < HOSTS; host++) {
                    var samples = samples("host-" + host, seq, random.nextLong(100_000_000));
                    expected.merge("run-" + host, energy(samples), Long::sum);
                    send(producer, samples);
                    if (random.nextInt(10) == 0) {
                        send(producer, samples);
                    }
                }
                producer.flush();
                if (seq % 100 == 0) {
                    // In the middle of the work: some of what was just sent is accounted, some is not.
                    Patience.until(() -> !reader().ledger().isEmpty());
                    streams.kill();
                    streams = role("streams");
                }
            }
        }
        sendPoison();
        Patience.until(() -> energies().equals(expected));
        // Rows of open slots go out later than totals.
        Patience.until(() -> emissionsOfRows().equals(emissionsOfTotals()));
        assertThat(energies()).isEqualTo(expected);
        reader().ledger().values().forEach(row -> {
            assertThat(row.getIntensityZone()).isEqualTo("FR");
            assertThat(row.getEmissionsMicrograms())
                    .isEqualTo(EmissionFormula.of(
                                    new Energy(row.getEnergyMillijoules()),
                                    new Pue(row.getPueThousandths()),
                                    new CarbonIntensity(row.getIntensityMicrogramsPerKwh()))
                            .micrograms());
        });
    }

    private Map<String, Long> emissionsOfRows() {
        var emissions = new TreeMap<String, Long>();
        reader().ledger()
                .values()
                .forEach(row -> emissions.merge(row.getRun(), row.getEmissionsMicrograms(), Long::sum));
        return emissions;
    }

    private Map<String, Long> emissionsOfTotals() {
        var emissions = new TreeMap<String, Long>();
        reader().runs().forEach((run, total) -> emissions.put(run, total.getEmissionsMicrograms()));
        return emissions;
    }

    /** What nobody can read goes to the dead letters, and the rest goes on. */
    private void sendPoison() {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), bytes, bytes)) {
            producer.send(new ProducerRecord<>(Topics.POWER_SAMPLES.name(), new byte[] {1}, new byte[] {2, 3}));
        }
        Patience.until(() -> reader().count(Topics.DEAD_LETTERS) == 1);
    }

    @Test
    void anotherSlotLengthEndsTheStreamsApplicationWithTheReason() throws IOException {
        startConnectAndStreams();
        try (var producer = producer()) {
            send(producer, samples("host-0", 1, 1_000));
        }
        Patience.until(() -> !reader().ledger().isEmpty());
        streams.process().destroy();
        streams.awaitExit();
        try (var otherSlots = role("streams", "--set", "slot.length.ms=300000")) {
            assertThat(otherSlots.awaitExit()).isEqualTo(1);
            assertThat(otherSlots.err()).contains("wattledger: ", "installed with slots of 15 minutes");
        }
    }

    @Test
    void morePartitionsEndTheStreamsApplicationWithTheReason() throws Exception {
        startConnectAndStreams();
        try (var producer = producer()) {
            send(producer, samples("host-0", 1, 1_000));
        }
        Patience.until(() -> !reader().ledger().isEmpty());
        streams.process().destroy();
        streams.awaitExit();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var more = new HashMap<String, NewPartitions>();
            Topics.all().stream()
                    .filter(TopicSpec::byHost)
                    .forEach(topic -> more.put(topic.name(), NewPartitions.increaseTo(6)));
            admin.createPartitions(more).all().get();
        }
        try (var again = role("streams")) {
            assertThat(again.awaitExit()).isEqualTo(1);
            assertThat(again.err()).contains("wattledger: ", "installed with 4 partitions", "power-samples=6");
        }
    }

    @Test
    void aBrokerThatIsGoneInTheMiddleOfARunLosesNothing() throws IOException {
        startConnectAndStreams();
        var port = bootstrap.substring(bootstrap.indexOf(':') + 1);
        var marker = data.resolve("go-on");
        var command = "i=0; while [ ! -e " + marker + " ]; do i=$((i+1)); done";
        try (var run = CommandProcess.start(
                data,
                "run",
                "--bootstrap-servers",
                bootstrap,
                "--schema-registry",
                registryUrl,
                "--zone",
                "FR",
                "--interval",
                "200ms",
                "--name",
                "through",
                "--json",
                "--",
                "sh",
                "-c",
                command)) {
            Patience.until(() -> !reader().samples().isEmpty());
            broker.kill();
            var spool = data.resolve("collector").resolve("spool");
            long before = size(spool);
            Patience.until(() -> size(spool) > before);
            broker = CommandProcess.start(data, "broker", "--port", port).awaitOut("broker ready at ");
            Files.createFile(marker);
            assertThat(run.awaitExit()).as(run.err()).isZero();
            assertThat(run.out()).contains("\"status\" : \"finished\"", "\"name\" : \"through\"");
        }
        Patience.until(() -> reader().ledgerEnergy() == reader().sampledEnergy());
        assertThat(reader().ledgerEnergy()).isPositive();
        assertThat(reader().runs().values()).singleElement().satisfies(total -> assertThat(total.getStatus())
                .isEqualTo(RunStatus.FINISHED));
        var samples = List.copyOf(reader().samples().values());
        for (int i = 1; i < samples.size(); i++) {
            assertThat(samples.get(i).getStart()).isEqualTo(samples.get(i - 1).getEnd());
        }
    }

    @Test
    void anIncompatibleSchemaIsNamedAndTheRunIsKept() throws Exception {
        var subject = URI.create(registryUrl + "/subjects/" + Topics.POWER_SAMPLES.name() + "-value/versions");
        var other = "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"PowerSamples\\\","
                + "\\\"namespace\\\":\\\"io.wattledger.schemas.record\\\",\\\"fields\\\":[{\\\"name\\\":\\\"host\\\","
                + "\\\"type\\\":\\\"int\\\"}]}\"}";
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(subject)
                                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                .POST(HttpRequest.BodyPublishers.ofString(other))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try (var run = CommandProcess.start(
                data, "run", "--bootstrap-servers", bootstrap, "--schema-registry", registryUrl, "--", "true")) {
            assertThat(run.awaitExit()).as(run.err()).isEqualTo(1);
            assertThat(run.err()).contains("power-samples-value", "ncompatible", "is measured and kept in");
        }
        assertThat(size(data.resolve("collector").resolve("spool"))).isPositive();
    }

    private static long size(Path folder) {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Long> energies() {
        var energies = new TreeMap<String, Long>();
        reader().runs().forEach((run, total) -> energies.put(run, total.getEnergyMillijoules()));
        return energies;
    }

    private LedgerReader reader() {
        return new LedgerReader(bootstrap, registryUrl);
    }

    private static PowerSamples samples(String host, int seq, long energy) {
        var start = EPOCH.plusSeconds(10L * seq);
        var cpu = new Reading("package-0", null, DeviceKind.CPU, energy, energy / 20, "RAPL_POWERCAP", null);
        var ram = new Reading("dram-0", null, DeviceKind.RAM, energy / 7, energy / 140, "RAPL_POWERCAP", null);
        var run = "run-" + host.substring(host.indexOf('-') + 1);
        var usage = new Usage(run, "faults", 1_000_000L, new HashMap<>(), 1_000_000L);
        var sample = new Sample(
                (long) seq,
                start,
                start.plusSeconds(10),
                List.of(cpu, ram),
                List.of(usage),
                2_000_000L,
                4_000_000L,
                1L << 30);
        return new PowerSamples(
                host,
                "boot",
                "session-" + host,
                "FR",
                1250,
                AttributionPolicy.MACHINE,
                new HashMap<>(),
                0L,
                List.of(sample));
    }

    private static long energy(PowerSamples samples) {
        return samples.getSamples().get(0).getReadings().stream()
                .mapToLong(Reading::getEnergyMillijoules)
                .sum();
    }

    private KafkaProducer<String, SpecificRecord> producer() {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "schema.registry.url", registryUrl);
        Serializer<SpecificRecord> values = new AvroSerializer<>();
        values.configure(settings, false);
        return new KafkaProducer<>(settings, new StringSerializer(), values);
    }

    private static void send(KafkaProducer<String, SpecificRecord> producer, PowerSamples samples) {
        var topic = Topics.POWER_SAMPLES.name();
        int partition = HostPartition.of(
                samples.getHost(), producer.partitionsFor(topic).size());
        producer.send(new ProducerRecord<>(topic, partition, samples.getHost(), samples));
    }
}
