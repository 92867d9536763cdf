package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is not let through waits: values of a zone until a host uses it, values of a second writer until the first has been
 * silent for a day. Nothing is lost, and what nobody asked for is forgotten with the horizon of the ledger.
 */
final class IntensityFanOutProcessor implements Processor<Object, Object, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(IntensityFanOutProcessor.class);

    /** A feed that is well publishes several times a day; one that was replaced does not. */
    private static final Duration SILENCE = Duration.ofDays(1);

    private static final Duration FORGETTING_INTERVAL = Duration.ofHours(1);

    private static final char END = 0;
    private static final Serializer<String> PREFIXES = new StringSerializer();

    private final LedgerSettings settings;
    private final Set<String> told = new HashSet<>();

    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, Long> zonesInUse;
    /** The newest value of each series and zone that its writer published. */
    private KeyValueStore<String, GridIntensity> writers;

    private KeyValueStore<String, GridIntensity> waiting;

    @SuppressWarnings("NullAway.Init")
    IntensityFanOutProcessor(LedgerSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        zonesInUse = context.getStateStore(IntensityFanOut.ZONES_IN_USE);
        writers = context.getStateStore(IntensityFanOut.WRITERS);
        waiting = context.getStateStore(IntensityFanOut.WAITING);
        context.schedule(FORGETTING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> forget());
    }

    @Override
    public void process(Record<Object, Object> record) {
        if (record.key() instanceof String zone) {
            use(zone, record.timestamp());
        } else if (record.key() instanceof GridIntensityKey key) {
            take(record, key, (GridIntensity) record.value());
        }
    }

    private void use(String zone, long timestamp) {
        if (zonesInUse.putIfAbsent(zone, timestamp) == null) {
            LOG.info("Zone {} is in use from now on", zone);
            letThrough(zone);
        }
    }

    private void take(Record<Object, Object> record, GridIntensityKey key, @Nullable GridIntensity value) {
        if (Replay.is(key.getSeries())) {
            letThrough(key, value);
        } else if (value == null) {
            withdraw(key);
        } else if (!isWriter(value)) {
            waiting.put(waitingKey(key, value.getSource()), value);
            tell(record, value);
        } else if (zonesInUse.get(key.getZone()) == null) {
            waiting.put(waitingKey(key, value.getSource()), value);
        } else {
            letThrough(key, value);
        }
    }

    /** Whoever comes first is the writer of a series and zone, until it has been silent and another one has come. */
    private boolean isWriter(GridIntensity value) {
        var name = writerKey(value);
        var last = writers.get(name);
        if (last == null || last.getSource().equals(value.getSource())) {
            if (last == null || value.getPublishedAt().isAfter(last.getPublishedAt())) {
                writers.put(name, value);
            }
            return true;
        }
        if (value.getPublishedAt().isBefore(last.getPublishedAt().plus(SILENCE))) {
            return false;
        }
        LOG.info(
                "Intensities of series {} for zone {} are from {} from now on, not from {} any more",
                value.getSeries(),
                value.getZone(),
                value.getSource(),
                last.getSource());
        writers.put(name, value);
        if (zonesInUse.get(value.getZone()) != null) {
            letThrough(value.getZone());
        }
        return true;
    }

    /** Once for each second writer since the start: it goes on to publish, and all of it waits. */
    private void tell(Record<Object, Object> record, GridIntensity value) {
        var writer = writers.get(writerKey(value));
        if (writer != null && told.add(writerKey(value) + " " + value.getSource())) {
            var reason = "Intensities of series " + value.getSeries() + " for zone " + value.getZone() + " are from "
                    + writer.getSource() + "; those from " + value.getSource()
                    + " wait until it has been silent for a day. Stop one of them, or give it a series of its own";
            LOG.warn("{}; the first one goes to the dead letters", reason);
            context.forward(DeadLetter.of(record, reason), LedgerOutputs.REFUSED_INTENSITIES);
        }
    }

    private void withdraw(GridIntensityKey key) {
        var withdrawn = new ArrayList<String>();
        try (var values = waiting.prefixScan(prefix(key), PREFIXES)) {
            values.forEachRemaining(entry -> withdrawn.add(entry.key));
        }
        withdrawn.forEach(waiting::delete);
        if (zonesInUse.get(key.getZone()) != null) {
            letThrough(key, null);
        }
    }

    /** All that waits of a zone and is from its writer. */
    private void letThrough(String zone) {
        var through = new ArrayList<String>();
        try (var values = waiting.prefixScan(prefix(zone), PREFIXES)) {
            values.forEachRemaining(entry -> {
                var writer = writers.get(writerKey(entry.value));
                if (writer != null && writer.getSource().equals(entry.value.getSource())) {
                    letThrough(key(entry.value), entry.value);
                    through.add(entry.key);
                }
            });
        }
        through.forEach(waiting::delete);
    }

    private void letThrough(GridIntensityKey key, @Nullable GridIntensity value) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()), LedgerOutputs.FAN_OUT);
    }

    private void forget() {
        var sealedBefore = settings.sealedBefore(Instant.ofEpochMilli(context.currentSystemTimeMs()));
        var old = new ArrayList<String>();
        try (var values = waiting.all()) {
            values.forEachRemaining(entry -> {
                if (entry.value.getSlotStart().isBefore(sealedBefore)) {
                    old.add(entry.key);
                }
            });
        }
        old.forEach(waiting::delete);
    }

    private static GridIntensityKey key(GridIntensity value) {
        return new GridIntensityKey(
                value.getSeries(), value.getZone(), value.getSlotStart(), value.getSlotLengthMillis());
    }

    /** Zone, series, slot and its length, and the source, with a byte of 0 between them. */
    private static String waitingKey(GridIntensityKey key, String source) {
        return prefix(key) + source;
    }

    private static String prefix(GridIntensityKey key) {
        return prefix(key.getZone())
                + key.getSeries()
                + END
                + key.getSlotStart().toEpochMilli()
                + END
                + key.getSlotLengthMillis()
                + END;
    }

    private static String prefix(String zone) {
        return zone + END;
    }

    private static String writerKey(GridIntensity value) {
        return value.getSeries() + "/" + value.getZone();
    }
}
