package io.wattledger.collector.sensor.nvml;

import io.wattledger.accounting.model.GpuPowerModel;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Power of a board that tells neither energy nor power, from its thermal design power (TDP) and utilisation. */
final class GpuLoadModel {
    static final String METHOD = "MODEL_GPU_LOAD";

    private final GpuPowerModel model;
    private final String basis;

    private GpuLoadModel(Power tdp, String source) {
        this.model = GpuPowerModel.ofTdp(tdp);
        this.basis = String.format(Locale.ROOT, "TDP %.0f W (%s) and utilisation", tdp.watts(), source);
    }

    /**
     * The model of a board; empty when nobody knows its TDP.
     *
     * @param name as the driver shows it
     * @param limit the power it is kept below, which by default is its TDP; null where it does not tell
     * @param settings what the user says
     */
    static Optional<GpuLoadModel> of(String name, @Nullable Power limit, GpuSettings settings) {
        var row = GpuTdpTable.load().find(name);
        if (row.isPresent()) {
            return Optional.of(new GpuLoadModel(row.get().tdp(), row.get().source()));
        }
        if (limit != null && limit.milliwatts() > 0) {
            return Optional.of(new GpuLoadModel(limit, "its power limit"));
        }
        var watts = settings.tdpWatts();
        return watts == null ? Optional.empty() : Optional.of(new GpuLoadModel(Power.ofWatts(watts), GpuSettings.TDP));
    }

    /** @param percent share of the time in which the board was in use */
    PowerLevel at(Device device, int percent) {
        double load = percent / 100.0;
        return new PowerLevel(device, model.at(load), model.bandThousandthsAt(load));
    }

    /** What it is computed from, for people. */
    String basis() {
        return basis;
    }
}
