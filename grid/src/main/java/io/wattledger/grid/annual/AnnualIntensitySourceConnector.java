package io.wattledger.grid.annual;

import io.wattledger.schemas.connect.BuildVersion;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Publishes the table of annual carbon intensities to the topic of grid defaults, once, and again when it has changed.
 * It has one task, whatever {@code tasks.max} says.
 */
public final class AnnualIntensitySourceConnector extends SourceConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public void start(Map<String, String> props) {
        try {
            AnnualIntensityConfig.of(props).table();
        } catch (InvalidTableException e) {
            throw new ConnectException(e.getMessage(), e);
        }
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AnnualIntensitySourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(settings);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return AnnualIntensityConfig.DEFINITION;
    }

    @Override
    public String version() {
        return BuildVersion.text();
    }
}
