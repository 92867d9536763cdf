package io.wattledger.cli.bench;

import io.wattledger.cli.registry.RegistryServer;
import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.cli.topics.TopicLayout;
import io.wattledger.cli.topics.TopicSetup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;

/** A Kafka broker in a process of its own with all topics, new and empty, and a schema registry in this process. */
final class BenchCluster implements AutoCloseable {
    private static final String READY = "broker ready at ";

    private final Workplace place;
    private final int partitions;
    private final Child broker;
    private final String bootstrapServers;
    private final RegistryServer registry;

    private BenchCluster(Workplace place, int partitions) {
        this.place = place;
        this.partitions = partitions;
        var data = place.folder().resolve("cluster").toString();
        broker = place.start(
                "broker", JavaCommand.role(List.of(), List.of("broker", "--port", "0", "--data-dir", data)));
        bootstrapServers = broker.await(READY).text();
        try (var topics = TopicSetup.on(bootstrapServers, Map.of())) {
            topics.create(new TopicLayout(partitions, 1, (short) 1));
        }
        registry = RegistryServer.start(
                Map.of("bootstrap.servers", bootstrapServers),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /**
     * Starts it in a temporary folder.
     *
     * @param parent where to make the folder
     * @param partitions of the topics that are partitioned by host
     */
    static BenchCluster start(Path parent, int partitions) {
        var place = Workplace.in(parent);
        try {
            return new BenchCluster(place, partitions);
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    Workplace place() {
        return place;
    }

    Child broker() {
        return broker;
    }

    int partitions() {
        return partitions;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registry.url().toString();
    }

    /** Settings of clients and serdes. */
    Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registryUrl());
    }

    /** Creates further topics. */
    void create(NewTopic... topics) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(topics)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot create topics on " + bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        }
    }

    /** What the changelogs of state stores take on the broker's disk. */
    long changelogBytes() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(replica -> isChangelog(replica.getKey().topic()))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot ask " + bootstrapServers + " for the size of its topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for the size of topics", e);
        }
    }

    /** Whether a topic is the changelog of a state store. */
    static boolean isChangelog(String topic) {
        return topic.endsWith("-changelog");
    }

    @Override
    public void close() {
        registry.close();
        place.close();
    }
}
