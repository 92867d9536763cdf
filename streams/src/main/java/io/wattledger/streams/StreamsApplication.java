package io.wattledger.streams;

import io.wattledger.streams.api.LedgerApi;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final LedgerApi api;

    private StreamsApplication(LedgerConfig config, Runnable onQuestion) throws IOException {
        api = LedgerApi.bind(config.api());
        var advertised = config.advertised(api.address());
        var properties = config.streams();
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertised);
        var clock = InstantSource.system();
        var topology = LedgerTopology.build(properties, config.serdes(), config.ledger(), config.totals(), clock);
        streams = new KafkaStreams(topology, properties);
        streams.setStateListener(this::onState);
        streams.setUncaughtExceptionHandler(StreamsApplication::onFailure);
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
        if (now == State.RUNNING) {
            running.countDown();
        }
        if (now == State.ERROR || now == State.NOT_RUNNING) {
            stopped.countDown();
        }
    }

    private static StreamThreadExceptionResponse onFailure(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSourceTopicException) {
                LOG.error(
                        "A topic is missing: {}; create the topics with: wattledger topics create", cause.getMessage());
                return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
            }
        }
        LOG.error("A stream thread has failed and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Waits until all tasks run; false when that takes longer. */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the application stops by itself, which it does only when it cannot go on. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
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
