package io.wattledger.cli.audit;

import io.wattledger.cli.audit.Difference.Gap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The columns of a record that are compared. */
final class Columns {
    /** Said first, since the others follow from these. */
    private static final List<String> TELLING =
            List.of("energyMillijoules", "intensityMicrogramsPerKwh", "zone", "pueThousandths", "emissionsMicrograms");

    private final List<Schema.Field> fields;

    private Columns(List<Schema.Field> fields) {
        this.fields = fields;
    }

    /** All but some. */
    static Columns without(Schema schema, Set<String> names) {
        return new Columns(schema.getFields().stream()
                .filter(field -> !names.contains(field.name()))
                .sorted(Comparator.comparingInt(Columns::rank))
                .toList());
    }

    private static int rank(Schema.Field field) {
        int at = TELLING.indexOf(field.name());
        return at < 0 ? TELLING.size() + field.pos() : at;
    }

    /** What differs; a record that says nothing but zero is as good as none. */
    List<Gap> compare(@Nullable SpecificRecord ledger, @Nullable SpecificRecord derived) {
        var gaps = new ArrayList<Gap>();
        for (var field : fields) {
            var told = value(ledger, field);
            var expected = value(derived, field);
            if (!Objects.equals(told, expected)) {
                gaps.add(new Gap(field.name(), told, expected));
            }
        }
        return gaps;
    }

    private static @Nullable Object value(@Nullable SpecificRecord record, Schema.Field field) {
        return record == null ? null : plain(record.get(field.pos()));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof CharSequence || value instanceof Enum<?>) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            var amounts = new TreeMap<String, Object>();
            map.forEach((name, amount) -> {
                if (!Objects.equals(amount, 0L)) {
                    amounts.put(String.valueOf(name), amount);
                }
            });
            return amounts;
        }
        return value;
    }
}
