package io.wattledger.cli.replay;

import io.wattledger.accounting.replay.StepSeries;
import io.wattledger.cli.replay.RecordedPower.Component;
import io.wattledger.cli.replay.RecordedPower.Device;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.DeviceKind;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What {@code nvidia-smi --query-gpu=timestamp,power.draw --format=csv -l 1} prints: local stamps, units in the header and
 * behind the values, either or both of which {@code noheader} and {@code nounits} leave away. Further columns do not
 * matter; one of {@code uuid}, {@code index}, {@code pci.bus_id} or {@code serial} tells GPUs apart.
 */
final class NvidiaSmiLog {
    private static final String STAMP = "timestamp";
    private static final List<String> POWER = List.of(
            "power.draw [w]",
            "power.draw",
            "power.draw.instant [w]",
            "power.draw.instant",
            "power.draw.average [w]",
            "power.draw.average");
    private static final List<String> GPU =
            List.of("uuid", "gpu_uuid", "index", "pci.bus_id", "gpu_bus_id", "serial", "gpu_serial");
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss.SSS", Locale.ROOT);
    private static final Pattern STAMP_FORM = Pattern.compile("\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}");
    private static final String UNIT = " W";

    private final int stampAt;
    private final int powerAt;
    private final int gpuAt;
    private final LocalTimes times;
    private final Plausible plausible;
    private final Map<String, StepSeries.Builder> devices = new HashMap<>();

    private NvidiaSmiLog(int stampAt, int powerAt, int gpuAt, LocalTimes times, Plausible plausible) {
        this.stampAt = stampAt;
        this.powerAt = powerAt;
        this.gpuAt = gpuAt;
        this.times = times;
        this.plausible = plausible;
    }

    static boolean hasHeader(Columns columns) {
        return columns.has(STAMP) && columns.firstOf(POWER).isPresent();
    }

    /** Whether a line is one of a log without a header. */
    static boolean isRow(List<String> fields) {
        return STAMP_FORM.matcher(fields.get(0)).matches();
    }

    static RecordedPower read(CsvLines.Line first, CsvLines lines, Rows rows, LocalTimes times, Plausible plausible) {
        if (isRow(first.fields())) {
            var log = new NvidiaSmiLog(0, powerWithoutHeader(first), -1, times, plausible);
            int width = first.fields().size();
            rows.read(first, fields -> log.read(fields, width));
            return log.readAll(lines, rows, width);
        }
        var columns = new Columns(first.fields());
        int stampAt = columns.place(STAMP).orElseThrow();
        int powerAt = columns.firstOf(POWER).flatMap(columns::place).orElseThrow();
        int gpuAt = columns.firstOf(GPU).flatMap(columns::place).orElse(-1);
        return new NvidiaSmiLog(stampAt, powerAt, gpuAt, times, plausible)
                .readAll(lines, rows, first.fields().size());
    }

    /** The one column in watts; in two columns it is the second, whatever it says. */
    private static int powerWithoutHeader(CsvLines.Line first) {
        var fields = first.fields();
        var inWatts = IntStream.range(1, fields.size())
                .filter(i -> fields.get(i).endsWith(UNIT))
                .toArray();
        if (inWatts.length == 1) {
            return inWatts[0];
        }
        if (fields.size() == 2) {
            return 1;
        }
        throw new Failure("Nothing was imported: line " + first.number()
                + " does not tell which column is the power, as there is no header and not exactly one value in watts;"
                + " put the header back that nvidia-smi prints without noheader");
    }

    private RecordedPower readAll(CsvLines lines, Rows rows, int width) {
        rows.readAll(lines, fields -> read(fields, width));
        return RecordedPower.of(
                "nvidia-smi log",
                "RECORDED_NVIDIA_SMI",
                List.of(new Component("gpu", DeviceKind.GPU)),
                Device.of(devices),
                rows,
                RecordedPower.Claims.NONE);
    }

    private void read(List<String> fields, int width) throws BadRowException {
        if (fields.size() != width) {
            throw new BadRowException("has " + fields.size() + " fields where the first line has " + width);
        }
        long stamp = plausible.measured(stamp(fields.get(stampAt)));
        var power = fields.get(powerAt);
        long nanowatts = isAbsent(power) ? StepSeries.NONE : Plausible.nanowatts(withoutUnit(power));
        devices.computeIfAbsent(gpuAt < 0 ? "gpu" : fields.get(gpuAt), name -> new StepSeries.Builder())
                .add(stamp, Math.max(StepSeries.NONE, nanowatts));
    }

    private long stamp(String text) throws BadRowException {
        try {
            return times.millis(LocalDateTime.parse(text, FORM));
        } catch (DateTimeException e) {
            throw new BadRowException("has a timestamp of " + Plausible.quoted(text)
                    + ", which is not of the form 2026/04/25 16:06:06.780");
        }
    }

    /** {@code [N/A]}, {@code [Not Supported]}, {@code [Unknown Error]}, {@code ERR!}: no value, which is not 0. */
    private static boolean isAbsent(String power) {
        return power.startsWith("[") || power.equals("N/A") || power.equals("ERR!");
    }

    private static String withoutUnit(String power) {
        return power.endsWith(UNIT) ? power.substring(0, power.length() - UNIT.length()) : power;
    }
}
