package io.wattledger.streams.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.HostHour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Hours of a host as a table for a terminal. */
public final class HourTable {
    private static final List<String> HEADER = List.of(
            "HOUR", "RUNS", "IDLE", "OTHER", "MISSING", "METERED", "DIFFERENCE", "WITHOUT SAMPLES", "EMISSIONS");

    private HourTable() {}

    public static String of(List<HostHour> hours) {
        var lines = new ArrayList<List<String>>();
        lines.add(HEADER);
        hours.forEach(hour -> lines.add(line(hour)));
        return TextTable.of(lines);
    }

    private static List<String> line(HostHour hour) {
        return List.of(
                RunText.time(hour.getHour()),
                energy(hour.getRunsMillijoules()),
                energy(hour.getIdleMillijoules()),
                energy(hour.getOtherMillijoules()),
                energy(hour.getMissingMillijoules()),
                energy(hour.getMeteredMillijoules()),
                energy(hour.getDifferenceMillijoules()),
                Readable.duration(Duration.ofMillis(hour.getMissingMillis())),
                Readable.emissions(new Emissions(hour.getEmissionsMicrograms())));
    }

    private static String energy(long millijoules) {
        return Readable.energy(new Energy(millijoules));
    }
}
