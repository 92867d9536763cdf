package io.wattledger.streams.totals;

import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.state.RowDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Adds changes of rows to a total of any kind. Totals name their figures as the changes do; a figure that a kind of total
 * does not have is left out.
 */
final class RowSums {
    private RowSums() {}

    static void add(SpecificRecord total, RowDelta row) {
        for (var figure : RowDelta.getClassSchema().getFields()) {
            var field = total.getSchema().getField(figure.name());
            if (field != null) {
                total.put(field.pos(), sum(figure, total.get(field.pos()), row.get(figure.pos())));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object sum(Schema.Field figure, Object sum, Object change) {
        return switch (figure.name()) {
            case "energyByMethod" -> byMethod((Map<String, Long>) sum, (Map<String, Long>) change);
            case "intensities" -> uses((List<IntensityUse>) sum, (List<IntensityUse>) change);
            case "footprint" -> footprint((FootprintTotal) sum, (FootprintTotal) change);
            default -> Math.addExact((long) sum, (long) change);
        };
    }

    private static Map<String, Long> byMethod(Map<String, Long> sums, Map<String, Long> changes) {
        changes.forEach((method, energy) -> sums.merge(method, energy, Math::addExact));
        sums.values().removeIf(energy -> energy == 0);
        return sums;
    }

    /** Columns that are not switched on stay without a value. */
    private static @Nullable FootprintTotal footprint(@Nullable FootprintTotal sum, @Nullable FootprintTotal change) {
        if (change == null) {
            return sum;
        }
        var total = sum == null ? new FootprintTotal() : sum;
        for (var column : FootprintTotal.getClassSchema().getFields()) {
            var before = (Long) total.get(column.pos());
            var added = (Long) change.get(column.pos());
            if (added != null) {
                total.put(column.pos(), before == null ? added : Math.addExact(before, added));
            }
        }
        return total;
    }

    private static List<IntensityUse> uses(List<IntensityUse> uses, List<IntensityUse> changes) {
        var sums = new HashMap<IntensityUse, IntensityUse>();
        uses.forEach(use -> sums.put(identity(use), use));
        for (var change : changes) {
            sums.merge(identity(change), change, (use, added) -> {
                use.setEnergyMillijoules(Math.addExact(use.getEnergyMillijoules(), added.getEnergyMillijoules()));
                use.setEmissionsMicrograms(Math.addExact(use.getEmissionsMicrograms(), added.getEmissionsMicrograms()));
                return use;
            });
        }
        return sums.values().stream()
                .filter(use -> use.getEnergyMillijoules() != 0 || use.getEmissionsMicrograms() != 0)
                .sorted(Comparator.comparing(IntensityUse::getZone)
                        .thenComparing(IntensityUse::getRung)
                        .thenComparing(IntensityUse::toString))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The same use without its figures. */
    private static IntensityUse identity(IntensityUse use) {
        return IntensityUse.newBuilder(use)
                .setEnergyMillijoules(0)
                .setEmissionsMicrograms(0)
                .build();
    }
}
