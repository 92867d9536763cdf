package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.streams.LedgerConfig;
import io.wattledger.streams.StreamsApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The streams application as a role. */
final class StreamsRole implements Role {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StreamsApplication application;

    private StreamsRole(StreamsApplication application) {
        this.application = application;
    }

    /** For the embedded stack. */
    static StreamsRole startLive(RoleContext context) {
        return start(context, RunningStack.STREAMS_SETTINGS);
    }

    /**
     * Starts it and returns once it accounts.
     *
     * @param further settings of {@link LedgerConfig} beyond those that the context gives
     */
    static StreamsRole start(RoleContext context, Map<String, String> further) {
        var settings = new HashMap<>(further);
        context.clientSettings().forEach((name, value) -> settings.put(LedgerConfig.KAFKA_PREFIX + name, value));
        settings.put(LedgerConfig.BOOTSTRAP_SERVERS, context.bootstrapServers());
        settings.put(LedgerConfig.SCHEMA_REGISTRY, context.schemaRegistryUrl());
        settings.put(LedgerConfig.STATE_DIR, context.folder("streams").toString());
        settings.put(LedgerConfig.API_PORT, Integer.toString(context.port()));
        try {
            var application = StreamsApplication.start(new LedgerConfig(settings), context.directory()::touchLastUse);
            if (!application.awaitRunning(PATIENCE)) {
                application.close();
                throw new Failure(application
                        .stopped()
                        .getNow("The streams application was not ready within " + PATIENCE.toSeconds()
                                + " s on the Kafka cluster at " + context.bootstrapServers() + "; its log says why"));
            }
            return new StreamsRole(application);
        } catch (IOException e) {
            throw new Failure(
                    "Cannot start the ledger's REST interface on port " + context.port() + " of " + Ports.LOOPBACK
                            + " (" + e.getMessage() + "). Choose another port.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while the streams application was starting", e);
        }
    }

    @Override
    public String url() {
        return application.apiUri().toString();
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
