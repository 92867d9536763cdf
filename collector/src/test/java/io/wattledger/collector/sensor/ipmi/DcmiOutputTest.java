package io.wattledger.collector.sensor.ipmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wattledger.accounting.quantity.Power;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DcmiOutputTest {
    static final String IPMITOOL = """

                Instantaneous power reading:                   220 Watts
                Minimum during sampling period:                  4 Watts
                Maximum during sampling period:                436 Watts
                Average power reading over sample period:      218 Watts
                IPMI timestamp:                           Thu Feb 15 09:37:32 2024
                Sampling period:                          00000001 Seconds.
                Power reading state is:                   activated

            """;

    static final String FREEIPMI = """
            Current Power                        : 164 Watts
            Minimum Power over sampling duration : 18 watts
            Maximum Power over sampling duration : 313 watts
            Average Power over sampling duration : 161 watts
            Time Stamp                           : 02/21/2024 - 14:19:16
            Statistics reporting time period     : 1000 milliseconds
            Power Measurement                    : Active
            """;

    @Test
    void takesThePowerOfTheMomentFromEitherTool() throws NoPowerReadingException {
        assertThat(DcmiOutput.parse("ipmitool", 0, IPMITOOL)).isEqualTo(Power.ofWatts(220));
        assertThat(DcmiOutput.parse("ipmi-dcmi", 0, FREEIPMI)).isEqualTo(Power.ofWatts(164));
        assertThat(DcmiOutput.parse("ipmi-dcmi", 0, FREEIPMI.replace("164 Watts", "65535 watts")))
                .isEqualTo(Power.ofWatts(65_535));
    }

    @Test
    void findsItBehindWarnings() throws NoPowerReadingException {
        assertThat(DcmiOutput.parse(
                        "ipmitool", 0, "IANA PEN registry open failed: No such file or directory\n" + IPMITOOL))
                .isEqualTo(Power.ofWatts(220));
    }

    @Test
    void aMeasurementThatIsNotActiveIsNoPower() {
        assertThatThrownBy(() -> DcmiOutput.parse("ipmitool", 0, IPMITOOL.replace("activated", "deactivated")))
                .hasMessageContaining("not measured")
                .hasMessageContaining("deactivated");
        assertThatThrownBy(() -> DcmiOutput.parse("ipmi-dcmi", 0, FREEIPMI.replace("Active", "Not Available")))
                .hasMessageContaining("not measured")
                .hasMessageContaining("Not Available");
        assertThatThrownBy(() -> DcmiOutput.parse("ipmi-dcmi", 0, "Current Power : 164 Watts\n"))
                .hasMessageContaining("names no state");
    }

    @Test
    void zeroOfARunningMachineIsNoPower() {
        assertThatThrownBy(() -> DcmiOutput.parse("ipmitool", 0, IPMITOOL.replace("220 Watts", "0 Watts")))
                .hasMessageContaining("0 W while this machine runs");
    }

    @Test
    void aPowerPrintedByAToolThatFailedIsNone() {
        assertThatThrownBy(() -> DcmiOutput.parse("ipmitool", 1, IPMITOOL)).hasMessageContaining("code 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: Permission denied         | udev rule
            ipmi-dcmi: permission denied                                                                    | udev rule
            Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: No such file or directory | modprobe
            could not find inband device                                                                    | modprobe
            DCMI request failed because: Invalid command (c1)                                               | Redfish
            ipmi_cmd_dcmi_get_power_reading: command invalid or unsupported                                 | Redfish
            ERROR!  This command is not available on this platform                                          | Redfish
            driver busy                                                                                     | by hand
            """)
    void tellsDeniedAbsentAndUnsupportedApart(String said, String remedy) {
        var failure = catchThrowableOfType(
                NoPowerReadingException.class, () -> DcmiOutput.parse("ipmitool dcmi", 1, said + "\n"));

        assertThat(failure)
                .hasMessageContaining("'ipmitool dcmi' ended with code 1")
                .hasMessageContaining(said);
        assertThat(failure.remedy()).contains(remedy);
    }

    @Test
    void takesNoMissingListOfMakersForAMissingDevice() {
        var failure = catchThrowableOfType(NoPowerReadingException.class, () -> DcmiOutput.parse("ipmitool", 1, """
                        IANA PEN registry open failed: No such file or directory

                            DCMI request failed because: Invalid command (c1)
                        """));

        assertThat(failure.remedy()).contains("Redfish").doesNotContain("modprobe");
    }

    @Test
    void quotesNoMoreThanALine() {
        assertThatThrownBy(() -> DcmiOutput.parse("ipmitool", 0, "usage\n".repeat(100)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\n"));
        assertThatThrownBy(() -> DcmiOutput.parse("ipmitool", 0, "")).hasMessageContaining("printed nothing");
    }
}
