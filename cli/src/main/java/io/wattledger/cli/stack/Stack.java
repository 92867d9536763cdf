package io.wattledger.cli.stack;

import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.topics.TopicLayout;
import io.wattledger.cli.topics.TopicSetup;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole stack in this JVM: broker, topics, schema registry, Connect and streams. */
public final class Stack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

    /**
     * A stack that was killed is still a member of its consumer groups when it comes back, and has to wait until that
     * member has timed out.
     */
    private static final Map<String, String> CLIENT_SETTINGS =
            Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "1000");

    private final DataDirectory directory;
    private final StackPorts ports;
    private final DirectoryLock lock;
    /** Those that run, each before those it needs. */
    private final ConcurrentSkipListMap<Listener, AutoCloseable> roles =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    private Stack(DataDirectory directory, StackPorts ports) {
        this.directory = directory;
        this.ports = ports;
        this.lock = DirectoryLock.take(directory);
    }

    /**
     * Starts all roles and says in the data directory where they are.
     *
     * @throws Failure when the directory cannot be used or already has a stack, or a role does not start
     */
    public static Stack start(DataDirectory directory, StackPorts ports) {
        var stack = new Stack(directory.prepare(), ports);
        try {
            stack.start();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e instanceof CompletionException && e.getCause() instanceof Failure failure ? failure : e;
        }
    }

    /** Where its roles are. */
    public RunningStack addresses() {
        return new RunningStack(
                ProcessHandle.current().pid(),
                Ports.LOOPBACK + ":" + ports.of(Listener.BROKER),
                url(Listener.REGISTRY),
                url(Listener.CONNECT),
                // The name that browsers show and people type.
                "http://localhost:" + ports.of(Listener.API));
    }

    /** Stops all roles. */
    @Override
    public void close() {
        RunningStack.withdraw(directory);
        for (var role = roles.pollFirstEntry(); role != null; role = roles.pollFirstEntry()) {
            try {
                role.getValue().close();
            } catch (Exception e) {
                LOG.warn("Could not stop the {}", role.getKey().title(), e);
            }
        }
        lock.close();
    }

    private void start() {
        // What a stack that was killed left behind.
        RunningStack.withdraw(directory);
        var starters = Executors.newCachedThreadPool();
        try {
            startRoles(starters);
        } finally {
            starters.shutdown();
        }
        ports.remember(directory);
        addresses().announce(directory);
    }

    /** What does not need one another starts at the same time: most of it is loading classes. */
    private void startRoles(ExecutorService starters) {
        keep(Listener.BROKER, EmbeddedBroker.start(directory.broker(), ports.of(Listener.BROKER)));
        var topics = runAsync(this::createTopics, starters);
        var registry = runAsync(() -> start(Listener.REGISTRY, RegistryRole::start), starters);
        var connect = supplyAsync(() -> start(Listener.CONNECT, ConnectWorker::start), starters);
        var cluster = CompletableFuture.allOf(topics, registry);
        var streams = cluster.thenRunAsync(() -> start(Listener.API, StreamsRole::startLive), starters);
        var connectors = connect.thenAcceptBothAsync(
                cluster, (worker, ready) -> worker.submit(Connectors.of(context(Listener.CONNECT))), starters);
        CompletableFuture.allOf(streams, connectors).join();
    }

    private <R extends Role> R start(Listener listener, Role.Starter<R> starter) {
        return keep(listener, starter.start(context(listener)));
    }

    private <T extends AutoCloseable> T keep(Listener listener, T role) {
        roles.put(listener, role);
        LOG.info("Started the {}", listener.title());
        return role;
    }

    private void createTopics() {
        try (var topics = TopicSetup.on(addresses().bootstrapServers(), Map.of())) {
            topics.create(TopicLayout.EMBEDDED);
        }
    }

    private RoleContext context(Listener listener) {
        var addresses = addresses();
        return new RoleContext(
                addresses.bootstrapServers(),
                CLIENT_SETTINGS,
                addresses.schemaRegistryUrl(),
                directory,
                ports.of(listener));
    }

    private String url(Listener listener) {
        return "http://" + Ports.LOOPBACK + ":" + ports.of(listener);
    }
}
