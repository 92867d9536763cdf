package io.wattledger.cli.replay;

import io.wattledger.accounting.replay.StepSeries;
import io.wattledger.cli.replay.RecordedPower.Component;
import io.wattledger.cli.replay.RecordedPower.Device;
import io.wattledger.schemas.record.DeviceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code epoch_ms,watts[,device]}: one value of one device a row, in any order. */
final class PowerCsv {
    static final String STAMP = "epoch_ms";
    static final String WATTS = "watts";
    private static final String DEVICE = "device";
    /** What the devices are together, as the ledger has it: not known closer than that they are metered. */
    private static final Component METERED = new Component("recorded", DeviceKind.HOST);

    private final Columns columns;
    private final Plausible plausible;
    private final Map<String, StepSeries.Builder> devices = new HashMap<>();

    PowerCsv(Columns columns, Plausible plausible) {
        this.columns = columns;
        this.plausible = plausible;
    }

    RecordedPower read(CsvLines lines, Rows rows) {
        rows.readAll(lines, this::read);
        return RecordedPower.of(
                "power values",
                "RECORDED_POWER",
                List.of(METERED),
                Device.of(devices),
                rows,
                RecordedPower.Claims.NONE);
    }

    private void read(List<String> fields) throws BadRowException {
        columns.check(fields);
        long stamp = plausible.measured(Plausible.stamp(columns.field(fields, STAMP)));
        long nanowatts = Plausible.nanowatts(columns.field(fields, WATTS));
        var device = columns.field(fields, DEVICE);
        if (device.isEmpty() && columns.has(DEVICE)) {
            throw new BadRowException("has no device");
        }
        // A meter that reports less than nothing reports a fault: for that long nothing is known.
        devices.computeIfAbsent(device, name -> new StepSeries.Builder())
                .add(stamp, nanowatts < 0 ? StepSeries.NONE : nanowatts);
    }
}
