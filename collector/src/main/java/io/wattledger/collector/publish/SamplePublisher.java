package io.wattledger.collector.publish;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Where records are sent. Used by one thread. */
public interface SamplePublisher extends AutoCloseable {
    /** A record that will never be taken, and why. */
    record Rejection(SpecificRecord record, String reason) {}

    /**
     * Sends records in this order and returns when all are acknowledged.
     *
     * @return those that will never be taken
     * @throws PublishException when not all could be sent; all are to be sent again later
     */
    List<Rejection> publish(List<SpecificRecord> records) throws PublishException, InterruptedException;

    @Override
    void close();
}
