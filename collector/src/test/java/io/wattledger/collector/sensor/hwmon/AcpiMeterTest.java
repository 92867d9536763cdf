package io.wattledger.collector.sensor.hwmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.sensor.hwmon.AcpiMeter.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcpiMeterTest {
    @Test
    void knowsSocketsByTheirLabel() {
        assertThat(AcpiMeter.socket("Grace Power Socket 2")).isEqualTo(new Socket("grace", "2"));
        assertThat(AcpiMeter.socket("SysIO power socket 11")).isEqualTo(new Socket("sysio", "11"));
        assertThat(AcpiMeter.socket("Intel(R) Node Manager")).isNull();
        assertThat(AcpiMeter.socket("")).isNull();
        assertThat(AcpiMeter.socket(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"98.0%, 20", "95.5%, 45", "99.9%, 10", "100.0%, 10", "0.100%, 50", "garbage, 50", ", 50"})
    void takesTheErrorFromTheStatedAccuracyWhereThatCanBe(String accuracy, int thousandths) {
        assertThat(AcpiMeter.bandThousandths(accuracy)).isEqualTo(thousandths);
    }
}
