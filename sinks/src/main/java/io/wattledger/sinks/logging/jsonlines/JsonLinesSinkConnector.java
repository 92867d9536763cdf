package io.wattledger.sinks.logging.jsonlines;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Writes the ledger as lines of JSON to a file or to standard output. */
public final class JsonLinesSinkConnector extends LedgerSinkConnector {
    public JsonLinesSinkConnector() {
        super(new JsonLinesSinkType());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return JsonLinesSinkTask.class;
    }
}
