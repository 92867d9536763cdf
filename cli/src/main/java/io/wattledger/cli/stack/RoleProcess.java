package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Shutdown;
import io.wattledger.cli.topics.TopicSetup;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistryException;
import io.wattledger.schemas.topic.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** A process that is one role, until it is told to end. */
final class RoleProcess {
    /** A container is to be stopped within ten seconds, before which there is the signal and after which nothing. */
    private static final Duration GRACE = Duration.ofSeconds(9);

    private static final Map<String, String> QUICKLY = Map.of(
            RegistryConfig.CONNECT_TIMEOUT, "3000",
            RegistryConfig.READ_TIMEOUT, "5000",
            RegistryConfig.MAX_RETRIES, "1");

    private RoleProcess() {}

    /**
     * Prints one line once the role serves, with where it listens. A signal also ends a role that is still starting.
     *
     * @throws Failure when the role cannot go on
     */
    static void run(String name, Role.Starter<?> starter, RoleContext context, PrintWriter out)
            throws InterruptedException {
        try (var shutdown = Shutdown.onSignal(GRACE);
                var role = shutdown.interruptibly(() -> starter.start(context))) {
            ready(name, role.url(), out);
            var stopped = role.stopped();
            stopped.thenRun(shutdown::tell);
            shutdown.await();
            if (stopped.isDone()) {
                throw new Failure(stopped.join());
            }
        }
    }

    static void runBroker(DataDirectory directory, int port, int advertisedPort, PrintWriter out)
            throws InterruptedException {
        try (var shutdown = Shutdown.onSignal();
                var broker = EmbeddedBroker.start(directory.broker(), port, advertisedPort)) {
            ready("broker", broker.bootstrapServers(), out);
            shutdown.await();
        }
    }

    /** Says at once what is amiss with the cluster; Connect and Streams would go on trying, or end without a word. */
    static void requireTopics(RoleContext context) {
        try (var topics = TopicSetup.on(context.bootstrapServers(), context.clientSettings())) {
            var problems = topics.check();
            if (!problems.isEmpty()) {
                throw new Failure("The Kafka cluster at " + context.bootstrapServers() + " is not ready: "
                        + String.join(" ", problems));
            }
        }
    }

    /** Says at once when the schema registry does not answer; Connect and Streams would go on trying, record by record. */
    static void requireRegistry(RoleContext context) {
        var settings = new HashMap<>(QUICKLY);
        settings.putAll(Connectors.registry(context));
        try {
            new RegistryConfig(settings).open().latest(Topics.RUNS.name() + "-value");
        } catch (SchemaRegistryException | ConfigException e) {
            throw new Failure(
                    "Cannot use the schema registry of --schema-registry (or WATTLEDGER_SCHEMA_REGISTRY): "
                            + e.getMessage(),
                    e);
        }
    }

    private static void ready(String name, String address, PrintWriter out) {
        out.println(name + " ready at " + address);
        out.flush();
    }
}
