package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.Patience;
import io.wattledger.cli.terminal.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final String READY = "broker ready at ";

    @TempDir
    Path folder;

    @Test
    void comesBackWithItsTopicsAndItsClusterId() throws Exception {
        String clusterId;
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                var admin = admin(broker.bootstrapServers())) {
            create(admin, "kept");
            clusterId = admin.describeCluster().clusterId().get();
        }
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                var admin = admin(broker.bootstrapServers())) {
            assertThat(admin.listTopics().names().get()).contains("kept");
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
        }
    }

    @Test
    void aKilledProcessComesBackWithEverythingItHadTaken() throws Exception {
        var sent = IntStream.range(0, 1000).mapToObj(i -> "value " + i).toList();
        try (var process = start()) {
            var address = address(process);
            try (var admin = admin(address)) {
                create(admin, "kept");
            }
            var settings = Map.<String, Object>of("bootstrap.servers", address, "acks", "all");
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                for (var value : sent) {
                    producer.send(new ProducerRecord<>("kept", value));
                }
                producer.flush();
            }
            process.kill();
        }
        try (var process = start()) {
            assertThat(read(address(process), "kept", sent.size())).isEqualTo(sent);
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(folder.resolve("broker"), port))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("port " + port);
        }
    }

    private CommandProcess start() {
        return CommandProcess.start(folder, "broker", "--port", "0").awaitOut(READY);
    }

    private static String address(CommandProcess process) {
        return process.out()
                .substring(process.out().indexOf(READY) + READY.length())
                .strip();
    }

    private static Admin admin(String address) {
        return Admin.create(Map.of("bootstrap.servers", address));
    }

    private static void create(Admin admin, String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }

    private static List<String> read(String address, String topic, int count) {
        var settings = Map.<String, Object>of("bootstrap.servers", address, "auto.offset.reset", "earliest");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
