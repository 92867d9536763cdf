package io.wattledger.sinks.logging.syslog;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of the {@link SyslogSinkConnector}. */
public final class SyslogSinkTask extends LedgerSinkTask {
    public SyslogSinkTask() {
        super(new SyslogSinkType());
    }
}
