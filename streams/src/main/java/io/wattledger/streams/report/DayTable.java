package io.wattledger.streams.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.DailyEmissions;
import java.util.ArrayList;
import java.util.List;

/** Days as a table for a terminal. */
public final class DayTable {
    private static final List<String> HEADER =
            List.of("DAY", "PROJECT", "ZONE", "ENERGY", "SITE ENERGY", "EMISSIONS", "INTENSITY");

    private DayTable() {}

    public static String of(List<DailyEmissions> days) {
        var lines = new ArrayList<List<String>>();
        lines.add(HEADER);
        days.forEach(day -> lines.add(line(day)));
        return TextTable.of(lines);
    }

    private static List<String> line(DailyEmissions day) {
        return List.of(
                day.getDay(),
                day.getProject(),
                day.getZone(),
                Readable.energy(new Energy(day.getEnergyMillijoules())),
                Readable.energy(new Energy(day.getFacilityEnergyMillijoules())),
                Readable.emissions(new Emissions(day.getEmissionsMicrograms())),
                Figures.of(day)
                        .gramsPerKwh()
                        .map(grams -> Readable.gramsPerKwh(grams) + " g/kWh")
                        .orElse(""));
    }
}
