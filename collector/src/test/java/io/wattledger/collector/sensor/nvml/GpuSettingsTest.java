package io.wattledger.collector.sensor.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuSettingsTest {
    private static final ConfigDef DEFINITION = GpuSettings.define(new ConfigDef());

    @Test
    void nothingIsSetByDefault() {
        assertThat(GpuSettings.from(DEFINITION.parse(Map.of()))).isEqualTo(GpuSettings.NONE);
    }

    @Test
    void isWhatTheFileSays() {
        var values = Map.of("gpu.devices", "0, GPU-8932f937", "gpu.tdp.watts", "30");

        assertThat(GpuSettings.from(DEFINITION.parse(values))).isEqualTo(new GpuSettings("0, GPU-8932f937", 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "none", "0,1", "GPU-8932f", "MIG-GPU-8932f937-d72c/1/0", "MIG-11aa"})
    void takesListsOfDevices(String devices) {
        assertThat(problems(Map.of("gpu.devices", devices))).isEmpty();
    }

    @Test
    void tellsAllProblemsTogether() {
        var values = new HashMap<String, String>();
        values.put("gpu.devices", "0,first,gpu-1");
        values.put("gpu.tdp.watts", "0");

        assertThat(problems(values))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("'first', 'gpu-1'"))
                .anyMatch(problem -> problem.contains("gpu.tdp.watts"));
    }

    private static List<String> problems(Map<String, String> values) {
        return DEFINITION.validate(values).stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }
}
