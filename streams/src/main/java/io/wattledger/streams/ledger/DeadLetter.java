package io.wattledger.streams.ledger;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** A record that was read but refused: as JSON, with the reason in the header {@code reason}. */
public record DeadLetter(String json) {
    private static final String REASON = "reason";

    static Record<Object, Object> of(Record<Object, Object> refused, String reason) {
        var headers = new RecordHeaders(refused.headers());
        headers.add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        return new Record<>(
                String.valueOf(refused.key()),
                new DeadLetter(String.valueOf(refused.value())),
                refused.timestamp(),
                headers);
    }
}
