package io.wattledger.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import io.wattledger.cli.stack.EmbeddedCluster;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.testkit.KafkaEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wattledger topics} on a real cluster. */
class TopicSetupIT {
    @TempDir
    Path folder;

    private KafkaEnvironment cluster;

    @BeforeEach
    void start() {
        cluster = KafkaEnvironment.start(() -> EmbeddedCluster.start(folder.resolve("broker")));
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void createsEveryTopicOfTheCatalogueOnce() throws Exception {
        assertThat(topics("check")).satisfies(check -> {
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out()).contains("Topics are missing: power-samples, ", "wattledger topics create");
        });

        var create = topics("create", "--partitions", "6", "--other-partitions", "2", "--replication-factor", "1");
        assertThat(create.exitCode()).as(create.err() + create.out()).isZero();
        try (var admin = admin()) {
            var found = admin.describeTopics(
                            Topics.all().stream().map(TopicSpec::name).toList())
                    .allTopicNames()
                    .get();
            for (var spec : Topics.all()) {
                assertThat(found.get(spec.name()).partitions()).as(spec.name()).hasSize(spec.byHost() ? 6 : 2);
            }
        }

        assertThat(topics("check").exitCode()).isZero();
        var again = topics("create", "--partitions", "12", "--replication-factor", "1");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).doesNotContain("created");
    }

    @Test
    void reportsTopicsWithSettingsThatWouldLoseData() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.EMISSIONS_HISTORY.name(), 6, (short) 1)
                                    .configs(Map.of("retention.ms", "1000")),
                            new NewTopic(Topics.RUN_EMISSIONS.name(), 6, (short) 1),
                            new NewTopic(Topics.RUNS.name(), 3, (short) 1)
                                    .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        var create = topics("create", "--partitions", "6", "--replication-factor", "1");
        assertThat(create.exitCode()).isEqualTo(1);
        assertThat(create.out())
                .contains("Topic emissions-history has retention.ms=1000, needs -1")
                .contains("Topic run-emissions has cleanup.policy=delete, needs compact")
                .contains("must have the same number of partitions")
                .contains("runs 3");
    }

    @Test
    void aClusterThatDoesNotAnswerIsOneClearLine() throws Exception {
        var impatient = Files.writeString(
                folder.resolve("impatient"), "default.api.timeout.ms=1500\nrequest.timeout.ms=1000\n");
        cluster.close();
        var check = topics("check", "--client-config", impatient.toString());
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err().lines())
                .singleElement()
                .asString()
                .contains(cluster.bootstrapServers(), "--bootstrap-servers");
    }

    private CommandRun topics(String command, String... options) {
        var arguments = new ArrayList<>(List.of("topics", command, "--bootstrap-servers", cluster.bootstrapServers()));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }
}
