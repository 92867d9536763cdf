package io.wattledger.streams.sums;

import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.state.RowDelta;
import io.wattledger.streams.footprint.Footprints;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Adds changes of rows to a sum: a total of any kind, or another change. Sums name their figures as {@link RowDelta} does;
 * a figure that a kind of sum does not have is left out.
 */
public final class RowSums {
    private static final Schema CHANGE = RowDelta.getClassSchema();

    /** Plain figures: where they are in a change, and where in the sum. */
    private final int[] from;

    private final int[] to;
    private final int energyByMethod;
    private final int intensities;
    private final int footprint;

    /**
     * @param sum schema of the sums
     */
    public RowSums(Schema sum) {
        energyByMethod = sum.getField("energyByMethod").pos();
        intensities = sum.getField("intensities").pos();
        footprint = sum.getField("footprint").pos();
        var plain = CHANGE.getFields().stream()
                .filter(figure -> figure.schema().getType() == Schema.Type.LONG && sum.getField(figure.name()) != null)
                .toList();
        from = plain.stream().mapToInt(Schema.Field::pos).toArray();
        to = plain.stream()
                .mapToInt(figure -> sum.getField(figure.name()).pos())
                .toArray();
    }

    /**
     * Adds a change.
     *
     * @throws ArithmeticException when a figure is beyond a long
     */
    @SuppressWarnings("unchecked")
    public void add(SpecificRecord sum, RowDelta change) {
        for (int i = 0; i < from.length; i++) {
            sum.put(to[i], Math.addExact((long) sum.get(to[i]), (long) change.get(from[i])));
        }
        addByMethod((Map<String, Long>) sum.get(energyByMethod), change.getEnergyByMethod());
        change.getIntensities().forEach(use -> IntensityUses.add((List<IntensityUse>) sum.get(intensities), use));
        sum.put(footprint, Footprints.add((FootprintTotal) sum.get(footprint), change.getFootprint()));
    }

    private static void addByMethod(Map<String, Long> sums, Map<String, Long> changes) {
        for (var change : changes.entrySet()) {
            var before = sums.get(change.getKey());
            long after = Math.addExact(before == null ? 0 : before, change.getValue());
            if (after == 0) {
                sums.remove(change.getKey());
            } else {
                sums.put(change.getKey(), after);
            }
        }
    }
}
