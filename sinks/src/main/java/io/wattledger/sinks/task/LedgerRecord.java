package io.wattledger.sinks.task;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.RunEmissions;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record of the ledger on its way to a target.
 *
 * @param source the record as Connect gave it
 * @param value what it says
 */
public record LedgerRecord(SinkRecord source, SpecificRecord value) {
    private static final String ZONE = "zone";
    private static final String PUE = "pueThousandths";

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
     * their topics; a row's has run, host, start of the slot, and the zone and PUE
     * that its collector told, whatever corrections say.
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

    private String keyOf(EmissionRow row) {
        var name = rowName(row);
        return String.join(
                "/",
                row.getRun(),
                row.getHost(),
                row.getSlotStart().toString(),
                name.zone,
                Integer.toString(name.pueThousandths));
    }

    /**
     * What tells apart the rows of one run, host and slot.
     *
     * @param zone electricity-grid zone that the collector told
     * @param pueThousandths power usage effectiveness that it told, in thousandths
     */
    public record RowName(String zone, int pueThousandths) {}

    /** By the record's key, which a correction leaves as it was; where its converter gives none, what the row counts with. */
    public RowName rowName(EmissionRow row) {
        if (source.key() instanceof Struct key
                && key.schema().field(ZONE) != null
                && key.schema().field(PUE) != null) {
            return new RowName(key.getString(ZONE), key.getInt32(PUE));
        }
        return new RowName(row.getZone(), row.getPueThousandths());
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
