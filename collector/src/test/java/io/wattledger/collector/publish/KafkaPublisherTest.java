package io.wattledger.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.topic.HostPartition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
    private static final int PARTITIONS = 7;
    private static final Serializer<Object> AS_TEXT =
            (topic, record) -> (topic + ":" + record).getBytes(StandardCharsets.UTF_8);

    @Test
    void sendsEachRecordToItsTopicAndTheHostsPartition() throws Exception {
        try (var producer = producer(true)) {
            new KafkaPublisher(producer, AS_TEXT, AS_TEXT, "here").publish(List.of(samples(), event(), profile()));

            assertThat(producer.history())
                    .extracting(ProducerRecord::topic)
                    .containsExactly("power-samples", "runs", "hosts");
            int partition = HostPartition.of("vm-3", PARTITIONS);
            assertThat(producer.history().get(0).partition()).isEqualTo(partition);
            assertThat(producer.history().get(1).partition()).isEqualTo(partition);
            assertThat(producer.history().get(2).partition()).isEqualTo(partition);
        }
    }

    @Test
    void writesTextKeysPlainAndRecordKeysByTheSerializer() throws Exception {
        try (var producer = producer(true)) {
            new KafkaPublisher(producer, AS_TEXT, AS_TEXT, "here").publish(List.of(samples(), event()));

            assertThat(producer.history().get(0).key()).asString().isEqualTo("vm-3");
            assertThat(producer.history().get(1).key()).asString().contains("runs:", "01J", "vm-3");
        }
    }

    @Test
    void setsAsideWhatNoBrokerWouldTakeAndSendsTheRest() throws Exception {
        var failing =
                new MockProducer<byte[], byte[]>(
                        cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized void flush() {
                        errorNext(new RecordTooLargeException("too large"));
                        while (completeNext()) {
                            continue;
                        }
                    }
                };
        var rejections = new KafkaPublisher(failing, AS_TEXT, AS_TEXT, "here")
                .publish(List.<SpecificRecord>of(samples(), event()));

        assertThat(rejections).singleElement().satisfies(rejection -> {
            assertThat(rejection.record()).isInstanceOf(PowerSamples.class);
            assertThat(rejection.reason()).isEqualTo("too large");
        });
    }

    @Test
    void saysWhereItCouldNotSend() {
        var failing =
                new MockProducer<byte[], byte[]>(
                        cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized void flush() {
                        errorNext(new TimeoutException("30000 ms has passed"));
                    }
                };

        assertThatThrownBy(() -> new KafkaPublisher(failing, AS_TEXT, AS_TEXT, "Kafka at localhost:9092")
                        .publish(List.of(event())))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("Kafka at localhost:9092")
                .hasMessageContaining("30000 ms has passed")
                .hasMessageContaining("wattledger topics");
    }

    @Test
    void triesAgainLaterWhenTheRegistryIsGone() {
        Serializer<Object> broken = (topic, record) -> {
            throw new SerializationException("Cannot reach http://localhost:8081");
        };
        try (var producer = producer(true)) {
            assertThatThrownBy(() -> new KafkaPublisher(producer, AS_TEXT, broken, "here").publish(List.of(event())))
                    .isInstanceOf(PublishException.class)
                    .hasMessageContaining("Cannot reach http://localhost:8081");
            assertThat(producer.history()).isEmpty();
        }
    }

    @Test
    void saysWhichSettingIsWrong() {
        assertThatThrownBy(() -> KafkaPublisher.connect(
                        new Endpoints("localhost:1", "http://localhost:2"), "vm", Map.of("linger.ms", "soon")))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("linger.ms");
        assertThatThrownBy(() -> KafkaPublisher.connect(
                        new Endpoints("localhost:1", "http://localhost:2"),
                        "vm",
                        Map.of("value.serializer", "no.such.Serializer")))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("no.such.Serializer");
    }

    private static MockProducer<byte[], byte[]> producer(boolean completes) {
        return new MockProducer<>(cluster(), completes, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Cluster cluster() {
        var node = new Node(0, "localhost", 9092);
        var partitions = new ArrayList<PartitionInfo>();
        for (var topic : List.of("power-samples", "runs", "hosts")) {
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new PartitionInfo(topic, i, node, new Node[] {node}, new Node[] {node}));
            }
        }
        return new Cluster("cluster", List.of(node), partitions, Set.of(), Set.of());
    }

    private static PowerSamples samples() {
        return new PowerSamples(
                "vm-3", "boot", "session", "FR", 1000, AttributionPolicy.MACHINE, Map.of(), 0L, List.of());
    }

    private static RunEvent event() {
        return new RunEvent(
                "01J",
                "vm-3",
                "p",
                null,
                Map.of(),
                null,
                null,
                "FR",
                Instant.EPOCH,
                null,
                null,
                "session",
                1L,
                null,
                null,
                null);
    }

    private static HostProfile profile() {
        var profile = new HostProfile();
        profile.setHost("vm-3");
        return profile;
    }
}
