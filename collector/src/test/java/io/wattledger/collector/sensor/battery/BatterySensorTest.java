package io.wattledger.collector.sensor.battery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatterySensorTest {
    @Test
    void takesWhatAllBatteriesGiveForThePowerOfTheHost() throws IOException {
        var sensor = sensor(new Battery("BAT0", true, -6200.4), new Battery("BAT1", true, 1100));

        assertThat(sensor.probe()).isInstanceOf(Available.class);
        assertThat(sensor.read())
                .containsExactly(
                        new PowerLevel(new Device("host", null, Component.HOST, "BATTERY"), new Power(7300), 100));
    }

    @Test
    void leavesOutABatteryThatGivesNothing() throws IOException {
        assertThat(sensor(new Battery("BAT0", true, -6200), new Battery("BAT1", false, 0))
                        .read())
                .extracting(reading -> ((PowerLevel) reading).power())
                .containsExactly(new Power(6200));
    }

    @Test
    void tellsNothingWhileItIsCharged() {
        assertThatThrownBy(() -> sensor(new Battery("BAT0", false, 30_000)).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not run on its battery");
    }

    @Test
    void takesNoPowerForAGap() {
        for (double milliwatts : new double[] {0, Double.NaN}) {
            assertThatThrownBy(
                            () -> sensor(new Battery("BAT0", true, milliwatts)).read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("BAT0");
        }
    }

    @Test
    void isNotThereWithoutABattery() {
        assertThat(sensor().probe()).isInstanceOf(Unavailable.class);
    }

    @Test
    void asksTheMachineWeRunOn() {
        assertThat(new BatterySensor().probe()).isNotNull();
    }

    private static BatterySensor sensor(Battery... batteries) {
        return new BatterySensor(() -> List.of(batteries));
    }
}
