package io.wattledger.streams;

import io.wattledger.streams.api.LedgerApi;
import io.wattledger.streams.state.UnknownFormatException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology running, beside its REST API. */
public final class StreamsApplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApplication.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    private final KafkaStreams streams;
    private final String applicationId;
    private final Map<String, Object> adminSettings;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CompletableFuture<String> stopped = new CompletableFuture<>();
    private volatile String obstacle = "The streams application has stopped; its log says why";
    private final LedgerApi api;

    private StreamsApplication(LedgerConfig config, Runnable onQuestion) throws IOException {
        api = LedgerApi.bind(config.api());
        var advertised = config.advertised(api.address());
        var properties = config.streams();
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertised);
        var clock = InstantSource.system();
        var topology = LedgerTopology.build(
                properties, config.serdes(), config.ledger(), config.totals(), config.forecasts(), clock);
        applicationId = properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        adminSettings = new StreamsConfig(properties).getAdminConfigs("wattledger-partitions");
        streams = new KafkaStreams(topology, properties);
        streams.setStateListener(this::onState);
        streams.setUncaughtExceptionHandler(this::onFailure);
        api.serve(new LocalLedger(streams, HostInfo.buildFromEndpoint(advertised)), clock, onQuestion);
    }

    /**
     * Starts the application; it is ready when {@link #awaitRunning} says so.
     *
     * @throws IOException when the port of the API is taken
     */
    public static StreamsApplication start(LedgerConfig config) throws IOException {
        return start(config, () -> {});
    }

    /**
     * The same for one who wants to know whether it is in use.
     *
     * @param onQuestion runs whenever somebody asks the API for runs
     */
    public static StreamsApplication start(LedgerConfig config, Runnable onQuestion) throws IOException {
        var application = new StreamsApplication(config, onQuestion);
        application.streams.start();
        return application;
    }

    private void onState(State now, State before) {
        if (now == State.ERROR) {
            stopped.complete(obstacle);
        }
        if (now == State.RUNNING || now == State.ERROR) {
            running.countDown();
        }
    }

    /** What another thread may get over is tried again; what stays as it is until somebody puts it right is said once. */
    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSourceTopicException) {
                obstacle = "A topic is missing: " + cause.getMessage()
                        + "; create the topics with: wattledger topics create";
                return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
            }
            if (cause instanceof ConfigException || cause instanceof UnknownFormatException) {
                obstacle = String.valueOf(cause.getMessage());
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        var partitions = PartitionCounts.trouble(adminSettings, applicationId);
        if (partitions.isPresent()) {
            obstacle = partitions.get();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("A stream thread has failed and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Waits until all tasks run; false when that takes longer, or when it has stopped instead. */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS) && !stopped.isDone();
    }

    /** Completes, with the reason, when the application stops by itself, which it does only when it cannot go on. */
    public CompletableFuture<String> stopped() {
        return stopped;
    }

    /** Address of the REST API. */
    public URI apiUri() {
        return api.uri();
    }

    @Override
    public void close() {
        api.close();
        // Leaves its group, so that the next instance need not wait until this one has timed out.
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
