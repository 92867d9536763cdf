package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.streams.LedgerConfig;
import io.wattledger.streams.StreamsApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams application as a role. */
final class StreamsRole implements Role {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsRole.class);
    /** A stack is as good as new and starts at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StreamsApplication application;
    private final RestAddress rest;

    private StreamsRole(StreamsApplication application, RestAddress rest) {
        this.application = application;
        this.rest = rest;
    }

    /** For the embedded stack. */
    static StreamsRole startLive(RoleContext context) {
        return start(context, RunningStack.STREAMS_SETTINGS, StreamsRole::awaitSoon);
    }

    /**
     * Starts it and returns once it accounts, however long that takes: much state takes long to restore, and what has been
     * restored would be lost with an end half-way. Its REST interface answers before, and says that it is not ready.
     *
     * @param further settings of {@link LedgerConfig} beyond those that the context gives
     */
    static StreamsRole start(RoleContext context, Map<String, String> further) {
        return start(context, further, StreamsRole::awaitPatiently);
    }

    private static StreamsRole start(RoleContext context, Map<String, String> further, Awaiting awaiting) {
        var settings = new HashMap<>(further);
        context.clientSettings().forEach((name, value) -> settings.put(LedgerConfig.KAFKA_PREFIX + name, value));
        settings.put(LedgerConfig.BOOTSTRAP_SERVERS, context.bootstrapServers());
        settings.put(LedgerConfig.SCHEMA_REGISTRY, context.schemaRegistryUrl());
        settings.put(LedgerConfig.STATE_DIR, context.folder("streams").toString());
        settings.put(LedgerConfig.API_PORT, Integer.toString(context.port()));
        var rest = context.rest();
        if (settings.putIfAbsent(LedgerConfig.API_HOST, rest.host()) == null) {
            settings.putIfAbsent(LedgerConfig.API_ADVERTISED, rest.reached().text());
        }
        try {
            var application = StreamsApplication.start(new LedgerConfig(settings), context.directory()::touchLastUse);
            awaitRunning(application, context, awaiting);
            return new StreamsRole(application, rest);
        } catch (IOException e) {
            throw new Failure(
                    "Cannot start the ledger's REST interface on port " + context.port() + " of " + rest.host() + " ("
                            + e.getMessage() + "). Choose another port or address.",
                    e);
        }
    }

    /** Returns whether the application runs. */
    @FunctionalInterface
    private interface Awaiting {
        boolean await(StreamsApplication application) throws InterruptedException;
    }

    private static boolean awaitSoon(StreamsApplication application) throws InterruptedException {
        return application.awaitRunning(PATIENCE);
    }

    private static boolean awaitPatiently(StreamsApplication application) throws InterruptedException {
        while (!application.awaitRunning(PATIENCE)) {
            if (application.stopped().isDone()) {
                return false;
            }
            LOG.warn("Still starting: its state is being restored, or its group is being formed");
        }
        return true;
    }

    private static void awaitRunning(StreamsApplication application, RoleContext context, Awaiting awaiting) {
        try {
            if (!awaiting.await(application)) {
                application.close();
                throw new Failure(application
                        .stopped()
                        .getNow("The streams application was not ready within " + PATIENCE.toSeconds()
                                + " s on the Kafka cluster at " + context.bootstrapServers() + "; its log says why"));
            }
        } catch (InterruptedException e) {
            // Leaves its group, so that the next instance need not wait until this one has timed out.
            application.close();
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while the streams application was starting", e);
        }
    }

    @Override
    public String url() {
        var local = application.apiUri();
        return rest.isLoopback() ? local.toString() : "http://" + rest.reached().endpoint(local.getPort());
    }

    @Override
    public CompletableFuture<String> stopped() {
        return application.stopped();
    }

    @Override
    public void close() {
        application.close();
    }
}
