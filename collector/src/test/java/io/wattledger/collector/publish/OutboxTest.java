package io.wattledger.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.publish.SamplePublisher.Rejection;
import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import io.wattledger.collector.spool.SpoolEntry.Kind;
import io.wattledger.schemas.record.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> arrived = Collections.synchronizedList(new ArrayList<>());
    private final List<Endpoints> connections = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<Endpoints> endpoints = Optional.of(new Endpoints("a:1", "http://a:2"));
    /** The broker that is gone. */
    private volatile @Nullable Endpoints gone;

    private volatile boolean defective;
    private volatile @Nullable Boolean interruptedAtClose;

    private Spool spool;
    private RecordCodec codec;

    @BeforeEach
    void openSpool() throws IOException {
        spool = Spool.open(folder, 1 << 20, Spool.FOREVER);
        codec = new RecordCodec(folder);
    }

    @AfterEach
    void closeSpool() throws IOException {
        spool.close();
    }

    @Test
    void sendsWhatIsThereAndWhatComes() throws Exception {
        append("1");
        try (var outbox = start()) {
            append("2");
            outbox.ring();

            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
            assertThat(arrived).containsExactly("1", "2");
            assertThat(outbox.trouble()).isNull();
        }
    }

    @Test
    void waitsForTheStackToComeUp() throws Exception {
        endpoints = Optional.empty();
        append("1");
        try (var outbox = start()) {
            await(() -> outbox.trouble() != null);
            assertThat(outbox.trouble()).contains("No Kafka to send to yet");
            endpoints = Optional.of(new Endpoints("b:1", "http://b:2"));

            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
            assertThat(arrived).containsExactly("1");
            await(() -> outbox.trouble() == null);
        }
    }

    @Test
    void keepsEverythingWhileTheBrokerIsGoneAndFindsItOnOtherPorts() throws Exception {
        try (var outbox = start()) {
            append("1");
            outbox.ring();
            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
            gone = endpoints.orElseThrow();
            append("2");
            append("3");
            outbox.ring();
            await(() -> outbox.trouble() != null);
            assertThat(outbox.trouble()).contains("broker gone");
            assertThat(spool.waitingBytes()).isPositive();
            endpoints = Optional.of(new Endpoints("c:9", "http://c:2"));

            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
            assertThat(arrived).containsExactly("1", "2", "3");
            assertThat(connections.get(connections.size() - 1).bootstrapServers())
                    .isEqualTo("c:9");
        }
    }

    @Test
    void setsAsideWhatCanNeverBeSentWithTheReason() throws Exception {
        append("too large");
        append("2");
        try (var outbox = start()) {
            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();

            assertThat(arrived).containsExactly("2");
            assertThat(outbox.rejected()).isEqualTo(1);
            assertThat(Files.readString(folder.resolve(Rejected.FILE)))
                    .contains("# the broker takes no record of that size", "too large");
        }
    }

    @Test
    void goesOnAfterADefect() throws Exception {
        defective = true;
        append("1");
        try (var outbox = start()) {
            await(() -> outbox.trouble() != null);
            assertThat(outbox.trouble()).contains("because of a defect", "a defect of a library");
            defective = false;

            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
            assertThat(arrived).containsExactly("1");
        }
    }

    @Test
    void withAnIntervalItWaitsUnlessThereIsAHurry() throws Exception {
        append("1");
        var hour = Duration.ofHours(1);
        try (var outbox = Outbox.start(spool, codec, () -> endpoints, Fake::new, hour)) {
            await(() -> outbox.sends() == 1);
            append("2");
            outbox.ring();
            append("3");
            outbox.ring();
            assertThat(arrived).containsExactly("1");
            assertThat(outbox.lastSentMillis()).isPresent();

            outbox.hurry();
            await(() -> outbox.sends() == 2);
            assertThat(arrived).containsExactly("1", "2", "3");
        }
    }

    @Test
    void doesNotWaitForTheIntervalWhenItIsToBeEmptied() throws Exception {
        append("1");
        var hour = Duration.ofHours(1);
        try (var outbox = Outbox.start(spool, codec, () -> endpoints, Fake::new, hour)) {
            await(() -> outbox.sends() == 1);
            append("2");
            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
            assertThat(arrived).containsExactly("1", "2");
        }
    }

    @Test
    void letsThePublisherCloseInPeace() throws Exception {
        append("1");
        try (var outbox = start()) {
            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
        }
        assertThat(interruptedAtClose).isFalse();
    }

    @Test
    void leavesToTheNextWhatItCouldNotSend() throws Exception {
        endpoints = Optional.empty();
        append("1");
        try (var outbox = start()) {
            await(() -> outbox.trouble() != null);
        }
        endpoints = Optional.of(new Endpoints("a:1", "http://a:2"));
        try (var outbox = start()) {
            assertThat(outbox.awaitEmpty(PATIENCE)).isTrue();
            assertThat(arrived).containsExactly("1");
        }
    }

    @Test
    void findsEndpointsInAFileOnlyWhenBothAreThere() throws IOException {
        var file = folder.resolve("stack.properties");
        var source = Endpoints.inFile(file);
        assertThat(source.find()).isEmpty();
        Files.writeString(file, "bootstrap.servers=localhost:1\n");
        assertThat(source.find()).isEmpty();
        Files.writeString(file, "bootstrap.servers=localhost:1\nschema.registry.url=http\\://localhost:2\npid=3\n");
        assertThat(source.find()).contains(new Endpoints("localhost:1", "http://localhost:2"));
    }

    private Outbox start() {
        return Outbox.start(spool, codec, () -> endpoints, found -> {
            connections.add(found);
            return new Fake(found);
        });
    }

    private void append(String run) throws IOException {
        var event = new RunEvent(
                run, "vm", "p", null, Map.of(), null, null, "FR", Instant.EPOCH, null, null, "s", 1L, null, null, null);
        spool.append(List.of(codec.encode(Kind.RUN_EVENT, event)));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private final class Fake implements SamplePublisher {
        private final Endpoints broker;

        Fake(Endpoints broker) {
            this.broker = broker;
        }

        @Override
        public List<Rejection> publish(List<SpecificRecord> records) throws PublishException {
            if (broker.equals(gone)) {
                throw new PublishException("broker gone", new IOException("broker gone"));
            }
            if (defective) {
                throw new IllegalStateException("a defect of a library");
            }
            var rejections = new ArrayList<Rejection>();
            for (var record : records) {
                var run = ((RunEvent) record).getRun();
                if (run.equals("too large")) {
                    rejections.add(new Rejection(record, "the broker takes no record of that size"));
                } else {
                    arrived.add(run);
                }
            }
            return rejections;
        }

        @Override
        public void close() {
            interruptedAtClose = Thread.currentThread().isInterrupted();
        }
    }
}
