package io.wattledger.sinks.task;

import io.wattledger.schemas.connect.BuildVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.sink.SinkConnector;

/** The connector of a {@link SinkType}. That of a sink names its type and its task. */
public abstract class LedgerSinkConnector extends SinkConnector {
    private final SinkType type;
    private Map<String, String> settings = Map.of();

    protected LedgerSinkConnector(SinkType type) {
        this.type = type;
    }

    @Override
    public final void start(Map<String, String> props) {
        type.settings(props);
        settings = Map.copyOf(props);
    }

    /** Says all that is wrong before the connector starts, to whoever submits it. */
    @Override
    public final Config validate(Map<String, String> props) {
        var config = super.validate(props);
        type.problems(props).addTo(config);
        return config;
    }

    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(type.tasks(type.settings(settings), maxTasks), settings);
    }

    @Override
    public final void stop() {}

    @Override
    public final ConfigDef config() {
        return type.definition();
    }

    @Override
    public final String version() {
        return BuildVersion.text();
    }
}
