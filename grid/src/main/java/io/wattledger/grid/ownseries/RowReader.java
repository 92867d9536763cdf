package io.wattledger.grid.ownseries;

import io.wattledger.accounting.quantity.IntensityUnit;
import io.wattledger.accounting.quantity.Thousandths;
import io.wattledger.grid.feed.IntensityCheck;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a row says.
 *
 * @param stamps how times are told
 * @param unit unit of the values
 * @param measured whether a value is measured whose row does not say
 */
record RowReader(Stamps stamps, IntensityUnit unit, boolean measured) {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,2})?");
    private static final Set<String> YES = Set.of("true", "yes", "1");
    private static final Set<String> NO = Set.of("false", "no", "0");

    /** Start, end and stamp of a row, without its value. */
    Entry interval(Row row, Instant contentVersion) throws BadRowException {
        var start = stamps.time(Field.TIME, required(row, Field.TIME));
        var version = row.text(Field.VERSION);
        return new Entry(
                start, end(row, start), version == null ? contentVersion : stamps.time(Field.VERSION, version), null);
    }

    private @Nullable Instant end(Row row, Instant start) throws BadRowException {
        var text = row.text(Field.END);
        if (text != null) {
            var end = stamps.time(Field.END, text);
            if (!end.isAfter(start)) {
                throw new BadRowException(Field.END, text, "after the start " + start);
            }
            return end;
        }
        var length = row.text(Field.DURATION);
        return length == null ? null : start.plus(Stamps.length(length));
    }

    /** The value of a row that has one, for the zone and interval it is of; nothing where the check refuses it. */
    Optional<Entry.Value> value(Row row, String key, Instant start, IntensityCheck check) throws BadRowException {
        var text = required(row, Field.VALUE);
        var grams = unit.gramsPerKwh(number(Field.VALUE, text));
        if (grams.signum() < 0) {
            throw new BadRowException(Field.VALUE, text, "0 or more");
        }
        boolean isMeasured = isMeasured(row);
        var renewable = share(row, Field.RENEWABLE);
        var carbonFree = share(row, Field.CARBON_FREE);
        return check.of(key, start, grams)
                .map(intensity ->
                        new Entry.Value(intensity, isMeasured, row.text(Field.METHOD), renewable, carbonFree));
    }

    private boolean isMeasured(Row row) throws BadRowException {
        var text = row.text(Field.MEASURED);
        if (text != null) {
            return truth(Field.MEASURED, text);
        }
        var estimated = row.text(Field.ESTIMATED);
        return estimated == null ? measured : !truth(Field.ESTIMATED, estimated);
    }

    private static boolean truth(Field field, String text) throws BadRowException {
        var word = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw new BadRowException(field, text, "true or false");
        }
        return YES.contains(word);
    }

    private static @Nullable Integer share(Row row, Field field) throws BadRowException {
        var text = row.text(field);
        if (text == null) {
            return null;
        }
        try {
            return Thousandths.ofPercent(number(field, text));
        } catch (IllegalArgumentException e) {
            throw new BadRowException(field, text, "from 0 to 100");
        }
    }

    /** Numbers of reasonable length: one such as 1e999999999 would take all memory. */
    private static BigDecimal number(Field field, String text) throws BadRowException {
        if (!NUMBER.matcher(text).matches()) {
            throw new BadRowException(field, text, "a number such as 312.5");
        }
        return new BigDecimal(text);
    }

    private static String required(Row row, Field field) throws BadRowException {
        var text = row.text(field);
        if (text == null) {
            throw new BadRowException("it has no " + field.word());
        }
        return text;
    }
}
