package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    @TempDir
    Path folder;

    @Test
    void comesBackWithItsTopicsAndItsClusterId() throws Exception {
        String clusterId;
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                var admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                    .all()
                    .get();
            clusterId = admin.describeCluster().clusterId().get();
        }
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                var admin = admin(broker)) {
            assertThat(admin.listTopics().names().get()).contains("kept");
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
        }
    }

    private static Admin admin(EmbeddedBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
