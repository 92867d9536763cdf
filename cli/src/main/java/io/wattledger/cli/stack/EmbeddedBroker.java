package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A single-node Kafka cluster, broker and controller in one, in this JVM. It listens on the loopback interface only and
 * keeps its data in a folder; killed and started again on that folder it comes back with its data.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;
    private static final String CONTROLLER_LISTENER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker and returns once it serves clients.
     *
     * @param folder where it keeps its data; created and formatted when it is not there yet
     * @param port port for clients, or 0 for any free one
     * @throws Failure when the port is taken or the folder cannot be used
     */
    public static EmbeddedBroker start(Path folder, int port) {
        return start(folder, port, 0);
    }

    /**
     * The same behind a proxy or a tunnel.
     *
     * @param advertisedPort port that clients are told to connect to, or 0 for that it listens on
     */
    static EmbeddedBroker start(Path folder, int port, int advertisedPort) {
        // Checked beforehand, because Kafka ends the whole JVM when it cannot bind a port.
        if (port != 0 && !Ports.isFree(port)) {
            throw new Failure("Cannot start the broker on port " + port + " of " + Ports.LOOPBACK
                    + ": the port is taken. Choose another port.");
        }
        var brokerPort = port == 0 ? Ports.free() : port;
        var storage = folder.toAbsolutePath();
        try {
            if (!Files.exists(storage)) {
                format(storage);
            }
        } catch (IOException e) {
            throw new Failure("Cannot create the broker's folder " + storage + " (" + e.getMessage() + ")", e);
        }
        var advertised = advertisedPort == 0 ? brokerPort : advertisedPort;
        var config = new KafkaConfig(settings(storage, brokerPort, advertised, Ports.free()), false);
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, brokerPort);
    }

    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Stops it cleanly: the next start needs no recovery. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Formats aside and moves into place at the end, so that a kill in between leaves nothing half done. */
    private static void format(Path storage) throws IOException {
        var fresh = storage.resolveSibling(storage.getFileName() + ".new");
        Utils.delete(fresh.toFile());
        Files.createDirectories(fresh);
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, "UTF-8"))
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .addDirectory(fresh.toString())
                    .setMetadataLogDirectory(fresh.toString())
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Formatting " + fresh + " failed: " + e.getMessage(), e);
        }
        Files.move(fresh, storage, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Map<String, String> settings(Path storage, int brokerPort, int advertisedPort, int controllerPort) {
        var settings = new HashMap<String, String>();
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("process.roles", "broker,controller");
        settings.put(
                "listeners", listener("PLAINTEXT", brokerPort) + "," + listener(CONTROLLER_LISTENER, controllerPort));
        settings.put("advertised.listeners", listener("PLAINTEXT", advertisedPort));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        // Static voters are not written to the log, so the controller may have another port at each start.
        settings.put("controller.quorum.voters", NODE_ID + "@" + Ports.LOOPBACK + ":" + controllerPort);
        settings.put("log.dirs", storage.toString());

        // One node: one replica of everything.
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        for (var topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "4");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("auto.create.topics.enable", "false");
        settings.put("delete.topic.enable", "true");

        // Quick to start, and quick to start again: a broker that was killed is let in once its old session has ended.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "200");
        settings.put("broker.session.timeout.ms", "1500");
        // No record into the metadata log twice a second of an idle machine.
        settings.put("metadata.max.idle.interval.ms", "0");

        // A small process: the defaults are for a server of its own.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("log.segment.bytes", "134217728");
        settings.put("log.index.size.max.bytes", "1048576");

        // A stack that is not used for weeks must find its place again.
        settings.put("offsets.retention.minutes", "5256000");
        return settings;
    }

    private static String listener(String name, int port) {
        return name + "://" + Ports.LOOPBACK + ":" + port;
    }
}
