package io.wattledger.cli.replay;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.replay.FixedPoint;
import io.wattledger.accounting.replay.StepSeries;
import io.wattledger.cli.replay.RecordedPower.Claims;
import io.wattledger.cli.replay.RecordedPower.Component;
import io.wattledger.cli.replay.RecordedPower.Device;
import io.wattledger.schemas.record.DeviceKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CodeCarbon's {@code emissions.csv}, of version 3 and of older ones. A row is a measured period: its stamp is the end, in
 * local time; its energies, in kilowatt-hours and already times CodeCarbon's own PUE, become power held over the period. A
 * tracker that is flushed writes a row each time, with everything since its start, so of overlapping rows of one
 * {@code run_id} the last one counts. Its emissions are kept to compare with only.
 */
final class CodeCarbonCsv {
    private static final String STAMP = "timestamp";
    private static final String DURATION = "duration";
    private static final String RUN = "run_id";
    private static final String PROJECT = "project_name";
    private static final String COUNTRY = "country_iso_code";
    private static final String COUNTRY_NAME = "country";
    private static final String WHOLE = "energy_consumed";
    private static final String EMISSIONS = "emissions";
    private static final String PUE = "pue";
    private static final List<String> PARTS = List.of("cpu_energy", "gpu_energy", "ram_energy");
    private static final List<Component> COMPONENTS = List.of(
            new Component("cpu", DeviceKind.CPU),
            new Component("gpu", DeviceKind.GPU),
            new Component("ram", DeviceKind.RAM),
            new Component("whole", DeviceKind.OTHER));
    private static final int WHOLE_COMPONENT = 3;

    /** 1 kWh = 3.6e6 J = 3.6e18 pJ, and 1 nW held for 1 ms is 1 pJ. */
    private static final BigDecimal PICOJOULES_PER_KWH = new BigDecimal("3.6e18");

    private static final BigDecimal MILLIJOULES_PER_KWH = BigDecimal.valueOf(Energy.MILLIJOULES_PER_KWH);
    private static final BigDecimal MICROGRAMS_PER_KILOGRAM = new BigDecimal("1e9");
    /** Stamps are cut to the second. */
    private static final long STAMP_PRECISION_MILLIS = 1000;

    private static final Pattern WITH_OFFSET = Pattern.compile(".*T.*(Z|[+-]\\d{2}:?\\d{2})");

    /**
     * One row.
     *
     * @param nanowatts by component, {@link StepSeries#NONE} where there is none
     * @param kilowattHours the whole energy, as far as the row has it
     * @param kilograms the emissions, as far as the row has them
     */
    private record Period(
            String run,
            long start,
            long end,
            long[] nanowatts,
            @Nullable BigDecimal kilowattHours,
            @Nullable BigDecimal kilograms,
            String project,
            String country,
            boolean pueApplied) {}

    private final Columns columns;
    private final LocalTimes times;
    private final Plausible plausible;
    private final List<Period> periods = new ArrayList<>();
    private final Map<String, Integer> newestOfRun = new HashMap<>();

    CodeCarbonCsv(Columns columns, LocalTimes times, Plausible plausible) {
        this.columns = columns;
        this.times = times;
        this.plausible = plausible;
    }

    static boolean isHeader(Columns columns) {
        return columns.has(STAMP) && columns.has(DURATION) && columns.has(WHOLE);
    }

    RecordedPower read(CsvLines lines, Rows rows) {
        rows.readAll(lines, this::read);
        return RecordedPower.of("CodeCarbon periods", "RECORDED_CODECARBON", COMPONENTS, devices(), rows, claims());
    }

    private void read(List<String> fields) throws BadRowException {
        columns.check(fields);
        long end = plausible.measured(stamp(columns.field(fields, STAMP)));
        long duration = duration(columns.field(fields, DURATION));
        add(new Period(
                columns.field(fields, RUN),
                end - duration,
                end,
                power(fields, duration),
                amount(fields, WHOLE),
                amount(fields, EMISSIONS),
                columns.field(fields, PROJECT),
                columns.field(fields, columns.has(COUNTRY) ? COUNTRY : COUNTRY_NAME),
                isOtherThanOne(columns.field(fields, PUE))));
    }

    private void add(Period period) {
        var before = period.run().isEmpty() ? null : newestOfRun.get(period.run());
        if (before != null && period.start() < periods.get(before).end() - STAMP_PRECISION_MILLIS) {
            periods.set(before, period);
            return;
        }
        newestOfRun.put(period.run(), periods.size());
        periods.add(period);
    }

    private long stamp(String text) throws BadRowException {
        var iso = text.replace(' ', 'T');
        try {
            return WITH_OFFSET.matcher(iso).matches()
                    ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                    : times.millis(LocalDateTime.parse(iso));
        } catch (DateTimeException e) {
            throw new BadRowException(
                    "has a timestamp of " + Plausible.quoted(text) + ", which is not of the form 2024-05-31T10:39:13");
        }
    }

    private static long duration(String text) throws BadRowException {
        try {
            long millis = FixedPoint.parse(text, 3);
            if (millis > 0) {
                return millis;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new BadRowException(
                    "has a duration of " + Plausible.quoted(text) + ", which is not a time in seconds");
        }
        throw new BadRowException("has a duration of " + Plausible.quoted(text) + " s; no energy has room in that");
    }

    /** That of CPU, GPU and memory, or where one of these is missing that of the whole. */
    private long[] power(List<String> fields, long duration) throws BadRowException {
        var nanowatts = new long[COMPONENTS.size()];
        Arrays.fill(nanowatts, StepSeries.NONE);
        boolean complete = true;
        for (int part = 0; part < PARTS.size(); part++) {
            var energy = amount(fields, PARTS.get(part));
            complete &= energy != null;
            nanowatts[part] = energy == null ? StepSeries.NONE : nanowatts(energy, duration);
        }
        if (!complete) {
            var whole = amount(fields, WHOLE);
            if (whole == null) {
                throw new BadRowException("has neither all of " + String.join(", ", PARTS) + " nor " + WHOLE);
            }
            Arrays.fill(nanowatts, StepSeries.NONE);
            nanowatts[WHOLE_COMPONENT] = nanowatts(whole, duration);
        }
        return nanowatts;
    }

    /** A quantity of at least 0; null where the field is empty. */
    private @Nullable BigDecimal amount(List<String> fields, String column) throws BadRowException {
        var text = columns.field(fields, column);
        if (text.isEmpty()) {
            return null;
        }
        try {
            // What this refuses, the exact number would not have room for either.
            if (FixedPoint.parse(text, 9) < 0) {
                throw new BadRowException("has " + column + " of " + text + ", which is below 0");
            }
            return new BigDecimal(text);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new BadRowException("has " + column + " of " + Plausible.quoted(text) + ", which is not a number");
        }
    }

    private static boolean isOtherThanOne(String pue) {
        try {
            return !pue.isEmpty() && new BigDecimal(pue).compareTo(BigDecimal.ONE) != 0;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static long nanowatts(BigDecimal kilowattHours, long millis) throws BadRowException {
        var nanowatts = kilowattHours
                .multiply(PICOJOULES_PER_KWH)
                .divide(BigDecimal.valueOf(millis), 0, RoundingMode.HALF_EVEN);
        if (nanowatts.compareTo(BigDecimal.valueOf(Plausible.MOST_NANOWATTS)) > 0) {
            throw new BadRowException("has " + kilowattHours.toPlainString() + " kWh in " + millis
                    + " ms, more than the 1 MW that is taken for possible");
        }
        return nanowatts.longValueExact();
    }

    /** Each period is a series of its own, as periods may overlap: a value that holds from its start to its end. */
    private List<Device> devices() {
        var devices = new ArrayList<Device>();
        for (var period : periods) {
            for (int component = 0; component < COMPONENTS.size(); component++) {
                long nanowatts = period.nanowatts()[component];
                if (nanowatts != StepSeries.NONE) {
                    var series = new StepSeries.Builder()
                            .add(period.start(), nanowatts)
                            .add(period.end(), StepSeries.NONE)
                            .build();
                    devices.add(new Device(COMPONENTS.get(component).device(), component, series));
                }
            }
        }
        return devices;
    }

    private Claims claims() {
        var projects = periods.stream().map(Period::project).distinct().toList();
        var energy = sum(Period::kilowattHours, MILLIJOULES_PER_KWH);
        var emissions = sum(Period::kilograms, MICROGRAMS_PER_KILOGRAM);
        return new Claims(
                projects.size() == 1 && !projects.get(0).isBlank() ? projects.get(0) : null,
                periods.stream()
                        .map(Period::country)
                        .filter(country -> !country.isBlank())
                        .distinct()
                        .toList(),
                periods.stream().anyMatch(Period::pueApplied),
                energy == null ? null : new Energy(energy),
                emissions == null ? null : new Emissions(emissions));
    }

    /** In whole units, where all rows have it. */
    private @Nullable Long sum(Function<Period, @Nullable BigDecimal> quantity, BigDecimal units) {
        var sum = BigDecimal.ZERO;
        for (var period : periods) {
            var amount = quantity.apply(period);
            if (amount == null) {
                return null;
            }
            sum = sum.add(amount);
        }
        return sum.multiply(units).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
