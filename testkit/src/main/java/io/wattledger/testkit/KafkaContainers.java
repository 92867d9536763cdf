package io.wattledger.testkit;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** Apache's and Confluent's images, as users have them, on ports of the loopback interface. */
final class KafkaContainers implements KafkaEnvironment {
    private static final String KAFKA = "apache/kafka:4.3.1";
    private static final String REGISTRY = "confluentinc/cp-schema-registry:8.1.0";
    /** For other containers; this host has the listener of Testcontainers. */
    private static final String INNER_LISTENER = "kafka:19092";

    private static final int REGISTRY_PORT = 8081;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Network network = Network.newNetwork();
    private final KafkaContainer kafka = new KafkaContainer(KAFKA)
            .withNetwork(network)
            .withListener(INNER_LISTENER)
            // As the embedded ones have it, so that a member that was killed is missed soon.
            .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withStartupTimeout(PATIENCE)
            .withCreateContainerCmdModifier(KafkaContainers::onLoopback);
    private @Nullable GenericContainer<?> registry;
    /** Known also once it has ended. */
    private String bootstrapServers = "";

    private KafkaContainers() {}

    static KafkaContainers start() {
        var environment = new KafkaContainers();
        try {
            start(environment.kafka, KAFKA);
            environment.bootstrapServers = environment.kafka.getBootstrapServers();
            return environment;
        } catch (Throwable e) {
            environment.close();
            throw e;
        }
    }

    private static void start(GenericContainer<?> container, String image) {
        try {
            container.start();
        } catch (ContainerFetchException e) {
            throw new AssertionError(
                    "The image " + image + " is not there and cannot be pulled; deploy/test/stand-in-images makes one"
                            + " for tests",
                    e);
        }
    }

    /** Testcontainers publishes ports on all interfaces. */
    private static void onLoopback(CreateContainerCmd create) {
        var host = Objects.requireNonNull(create.getHostConfig());
        host.withPortBindings(Arrays.stream(Objects.requireNonNull(create.getExposedPorts()))
                .map(port -> new PortBinding(Binding.bindIp("127.0.0.1"), port))
                .toList());
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public synchronized String schemaRegistryUrl() {
        var running = registry;
        if (running == null) {
            running = new GenericContainer<>(REGISTRY)
                    .withNetwork(network)
                    .withExposedPorts(REGISTRY_PORT)
                    .withEnv("SCHEMA_REGISTRY_HOST_NAME", "schema-registry")
                    .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://" + INNER_LISTENER)
                    .waitingFor(Wait.forHttp("/subjects"))
                    .withStartupTimeout(PATIENCE)
                    .withCreateContainerCmdModifier(KafkaContainers::onLoopback);
            registry = running;
            start(running, REGISTRY);
        }
        return "http://" + running.getHost() + ":" + running.getMappedPort(REGISTRY_PORT);
    }

    @Override
    public synchronized void close() {
        try (network;
                kafka) {
            if (registry != null) {
                registry.stop();
            }
        }
    }
}
