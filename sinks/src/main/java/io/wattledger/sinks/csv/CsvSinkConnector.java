package io.wattledger.sinks.csv;

import io.wattledger.schemas.connect.BuildVersion;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Appends one row per finished run to a file. Its topic is that of the run totals. It has one task, whatever {@code
 * tasks.max} says, because one file has one writer.
 */
public final class CsvSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public void start(Map<String, String> props) {
        CsvSinkConfig.of(props);
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CsvSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(settings);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return CsvSinkConfig.DEFINITION;
    }

    @Override
    public String version() {
        return BuildVersion.text();
    }
}
