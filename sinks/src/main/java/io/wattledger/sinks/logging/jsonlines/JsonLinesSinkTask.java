package io.wattledger.sinks.logging.jsonlines;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of the {@link JsonLinesSinkConnector}. */
public final class JsonLinesSinkTask extends LedgerSinkTask {
    public JsonLinesSinkTask() {
        super(new JsonLinesSinkType());
    }
}
