package io.wattledger.sinks.logging.syslog;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Writes the ledger to a syslog receiver over TCP or TLS. */
public final class SyslogSinkConnector extends LedgerSinkConnector {
    public SyslogSinkConnector() {
        super(new SyslogSinkType());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return SyslogSinkTask.class;
    }
}
