package io.wattledger.cli.stack;

import io.wattledger.cli.registry.RegistryServer;
import io.wattledger.testkit.KafkaEnvironment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The broker and the registry of the embedded stack, in this JVM and without its other roles. */
public final class EmbeddedCluster implements KafkaEnvironment {
    private final EmbeddedBroker broker;
    private @Nullable RegistryServer registry;

    private EmbeddedCluster(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** @param folder where the broker keeps its data; not there yet */
    public static EmbeddedCluster start(Path folder) {
        return new EmbeddedCluster(EmbeddedBroker.start(folder, 0));
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public synchronized String schemaRegistryUrl() {
        if (registry == null) {
            registry = RegistryServer.start(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        return registry.url().toString();
    }

    @Override
    public synchronized void close() {
        if (registry != null) {
            registry.close();
        }
        broker.close();
    }
}
