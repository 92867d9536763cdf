package io.wattledger.streams.ledger;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** A record that was read but refused: as JSON, with the reason in the header {@code reason}. */
final class DeadLetter {
    private static final String REASON = "reason";

    private DeadLetter() {}

    static Record<Object, Object> of(Record<Object, Object> refused, String reason) {
        var headers = new RecordHeaders(refused.headers());
        headers.add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        return new Record<>(
                String.valueOf(refused.key()), String.valueOf(refused.value()), refused.timestamp(), headers);
    }
}
