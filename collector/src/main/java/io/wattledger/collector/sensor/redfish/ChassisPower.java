package io.wattledger.collector.sensor.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.accounting.quantity.EnergyUnit;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.quantity.PowerUnit;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.util.Optional;

/**
 * What two resources of a chassis say about its power. A null is a value the controller does not have; 0 W of a host that
 * runs, as we do, is a defect. Neither is a reading.
 */
final class ChassisPower {
    private static final Device HOST = new Device("host", null, Component.HOST, "REDFISH");

    /** A machine with eight GPUs of 2026 draws up to 14 kW. */
    private static final Power LIMIT = new Power(30_000_000);

    /** Power supplies meter to a few per cent; values are whole watts and some seconds old. */
    private static final int BAND_THOUSANDTHS = 50;

    private ChassisPower() {}

    /** Of {@code EnvironmentMetrics}: the counter in joules, or the power; kilowatt-hours are too coarse to take. */
    static Optional<Reading> ofEnvironmentMetrics(JsonNode metrics) {
        var joules = metrics.path("EnergyJoules").path("Reading");
        if (joules.isNumber() && joules.doubleValue() > 0) {
            long microjoules = EnergyUnit.JOULE.microjoules(joules.doubleValue());
            return Optional.of(new EnergyCounter(HOST, microjoules, 0, LIMIT, BAND_THOUSANDTHS));
        }
        return level(metrics.path("PowerWatts").path("Reading"));
    }

    /**
     * Of {@code Power}: the control of the chassis or system as a whole. Controls of its processors and memory stand
     * beside it, and are not added up.
     */
    static Optional<Reading> ofPower(JsonNode power) {
        var controls = power.path("PowerControl");
        for (var control : controls) {
            if (isOfTheWhole(control)) {
                return level(control.path("PowerConsumedWatts"));
            }
        }
        for (var control : controls) {
            if (control.path("MemberId").asText().equals("0")) {
                return level(control.path("PowerConsumedWatts"));
            }
        }
        return level(controls.path(0).path("PowerConsumedWatts"));
    }

    private static boolean isOfTheWhole(JsonNode control) {
        for (var related : control.path("RelatedItem")) {
            if (related.path("@odata.id").asText().matches("/redfish/v1/(Chassis|Systems)/[^/]+/?")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Reading> level(JsonNode watts) {
        if (!watts.isNumber() || watts.doubleValue() <= 0) {
            return Optional.empty();
        }
        return Optional.of(new PowerLevel(HOST, PowerUnit.WATT.power(watts.doubleValue()), BAND_THOUSANDTHS));
    }
}
