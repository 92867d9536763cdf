package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.state.CounterEdge;
import java.util.ArrayList;
import java.util.List;

/** The counters of a sample in microjoules; those in units that are no energy are left out. */
final class Counters {
    private Counters() {}

    static List<CounterEdge> of(Sample sample) {
        var counters = new ArrayList<CounterEdge>();
        for (var reading : sample.getReadings()) {
            var counter = reading.getCounter();
            long microjoules = counter == null ? 0 : microjoulesPer(counter.getUnit());
            if (counter != null && microjoules > 0) {
                counters.add(new CounterEdge(
                        reading.getDevice(),
                        reading.getParent(),
                        reading.getKind(),
                        reading.getMethod(),
                        Math.multiplyExact(counter.getValue(), microjoules),
                        Math.multiplyExact(counter.getRange(), microjoules),
                        reading.getEnergyMillijoules()));
            }
        }
        return counters;
    }

    private static long microjoulesPer(String unit) {
        return switch (unit) {
            case "uJ" -> 1;
            case "mJ" -> 1_000;
            case "J" -> 1_000_000;
            default -> 0;
        };
    }
}
