package io.wattledger.collector.sensor.constant;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantSensorTest {
    private static final ConfigDef DEFINITION = ConstantConfig.define(new ConfigDef());

    @Test
    void alwaysGivesWhatItWasTold() {
        var sensor = ConstantConfig.from(
                DEFINITION.parse(Map.of(ConstantConfig.WATTS, "disks:OTHER=24±4, nic:OTHER=7.5, ram:RAM=30 +- 3")));

        assertThat(sensor.read())
                .isEqualTo(sensor.read())
                .containsExactly(
                        level("disks", Component.OTHER, 24_000, 167),
                        level("nic", Component.OTHER, 7_500, 200),
                        level("ram", Component.RAM, 30_000, 100));
    }

    @Test
    void isNotThereWithoutSettings() {
        assertThat(ConstantConfig.from(DEFINITION.parse(Map.of()))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disks=24 | 'disks=24' is not of the form",
                "disks:DISK=24 | 'disks:DISK=24' is not of the form",
                "disks:OTHER=-24 | is not of the form",
                "disks:OTHER=24, | '' is not of the form",
                "disks:OTHER=0 | has nothing to account for",
                "disks:OTHER=1,disks:OTHER=2 | 'disks' is there twice"
            })
    void saysWhatIsWrong(String setting, String problem) {
        assertThat(problems(setting)).singleElement().asString().contains(problem);
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertThat(problems("a=1,b:OTHER=0"))
                .singleElement()
                .asString()
                .contains("'a=1'")
                .contains("'b:OTHER=0'");
    }

    private static List<String> problems(String setting) {
        return DEFINITION.validate(Map.of(ConstantConfig.WATTS, setting)).stream()
                .flatMap(value -> value.errorMessages().stream())
                .toList();
    }

    private static PowerLevel level(String name, Component component, long milliwatts, int band) {
        return new PowerLevel(new Device(name, null, component, "CONSTANT"), new Power(milliwatts), band);
    }
}
