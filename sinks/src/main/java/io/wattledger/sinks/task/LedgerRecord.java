package io.wattledger.sinks.task;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.RunEmissions;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record of the ledger on its way to a target.
 *
 * @param source the record as Connect gave it
 * @param value what it says
 */
public record LedgerRecord(SinkRecord source, SpecificRecord value) {
    /** The partition it is from, under the name that the consumer knows, which a transformation may have changed. */
    public TopicPartition partition() {
        return new TopicPartition(source.originalTopic(), source.originalKafkaPartition());
    }

    /** Its place in the partition. */
    public long offset() {
        return source.originalKafkaOffset();
    }

    /**
     * What the record tells of: records with the same key replace one another. A run's, a day's and an hour's are those of
     * their topics; a row's has run, host, start of the slot, zone and PUE.
     */
    public String key() {
        if (value instanceof RunEmissions run) {
            return run.getRun();
        }
        if (value instanceof EmissionRow row) {
            return keyOf(row);
        }
        if (value instanceof EmissionRevision revision) {
            return keyOf(revision.getRow());
        }
        if (value instanceof DailyEmissions day) {
            return String.join("/", day.getDay(), day.getProject(), day.getZone());
        }
        if (value instanceof HostHour hour) {
            return hour.getHost() + "/" + hour.getHour();
        }
        return String.valueOf(source.key());
    }

    private static String keyOf(EmissionRow row) {
        return String.join(
                "/",
                row.getRun(),
                row.getHost(),
                row.getSlotStart().toString(),
                row.getZone(),
                Integer.toString(row.getPueThousandths()));
    }

    /** Its revision; 0 while it may change with every sample, and for records that have none. */
    public int revision() {
        if (value instanceof RunEmissions run) {
            return run.getRevision();
        }
        if (value instanceof EmissionRow row) {
            return row.getRevision();
        }
        return value instanceof EmissionRevision revision ? revision.getRow().getRevision() : 0;
    }

    /** When this became known, UTC; the record's own stamp where it does not say. */
    public Instant knownAt() {
        if (value instanceof RunEmissions run) {
            return run.getKnownAt();
        }
        if (value instanceof EmissionRow row) {
            return row.getKnownAt();
        }
        if (value instanceof EmissionRevision revision) {
            return revision.getRow().getKnownAt();
        }
        if (value instanceof DailyEmissions day) {
            return day.getKnownAt();
        }
        if (value instanceof HostHour hour) {
            return hour.getKnownAt();
        }
        return Instant.ofEpochMilli(source.timestamp() == null ? 0 : source.timestamp());
    }
}
