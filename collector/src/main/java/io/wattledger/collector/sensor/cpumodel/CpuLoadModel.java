package io.wattledger.collector.sensor.cpumodel;

import io.wattledger.accounting.model.CpuDesign;
import io.wattledger.accounting.model.CpuPowerModel;
import io.wattledger.accounting.model.ModelledEnergy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerModel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Device {@code cpu}: all processors of the host together. The table of processors is read when the model is first needed,
 * which it is not where something measures them.
 */
public final class CpuLoadModel implements PowerModel {
    private static final Device CPU = new Device("cpu", null, Component.CPU, "MODEL_CPU_LOAD");

    /**
     * Assumed for a processor that the table does not know, and for the share of one in a virtual machine that does not
     * say which. Server parts of 2014 to 2024 lie between 1.8 (EPYC 9654, 360 W for 192) and 5 W (Xeon E5-2680 v3, 120 W
     * for 24) per logical processor, Xeon Platinum 8160 to 8480+ at 3.1 W, desktop parts at 3.3 W (Ryzen 9 5950X) to 5.4 W.
     */
    private static final double ASSUMED_WATTS_PER_LOGICAL_PROCESSOR = 3.5;

    private static final Pattern SEVERAL_DIES = Pattern.compile("EPYC|Threadripper", Pattern.CASE_INSENSITIVE);

    /** The model of this host, and what its thermal design power was taken from. */
    private record Fit(CpuPowerModel model, String basis) {}

    private final HostFacts host;
    private final Supplier<TdpTable> table;
    private @Nullable Fit fit;

    private CpuLoadModel(HostFacts host, Supplier<TdpTable> table) {
        this.host = host;
        this.table = table;
    }

    /** The model of a host. */
    public static CpuLoadModel of(HostFacts host) {
        return new CpuLoadModel(host, TdpTable::load);
    }

    static CpuLoadModel of(HostFacts host, TdpTable table) {
        return new CpuLoadModel(host, () -> table);
    }

    private synchronized Fit fit() {
        var known = fit;
        if (known == null) {
            known = fit(host, table.get());
            fit = known;
        }
        return known;
    }

    private static Fit fit(HostFacts host, TdpTable table) {
        int processors = host.logicalProcessors();
        var match = table.find(host.cpuModel());
        if (match.isEmpty()) {
            double watts = ASSUMED_WATTS_PER_LOGICAL_PROCESSOR * processors;
            var name = host.cpuModel().isEmpty() ? "a processor without a name" : "'" + host.cpuModel() + "'";
            return assumed(
                    host,
                    watts,
                    text(
                            "%s is not in the table: assumed %.1f W for each of %d logical processors",
                            name, ASSUMED_WATTS_PER_LOGICAL_PROCESSOR, processors));
        }
        var part = match.get();
        if (!host.virtual()) {
            return known(
                    host,
                    part.tdpWatts() * host.packages(),
                    text("%s, %.0f W x %d", part.model(), part.tdpWatts(), host.packages()));
        }
        if (part.threads() > 0) {
            return known(
                    host,
                    part.tdpWatts() * processors / part.threads(),
                    text(
                            "%s, %.0f W, of which this virtual machine has %d of %d logical processors",
                            part.model(), part.tdpWatts(), processors, part.threads()));
        }
        double watts = Math.min(part.tdpWatts(), ASSUMED_WATTS_PER_LOGICAL_PROCESSOR * processors);
        return assumed(
                host,
                watts,
                text(
                        "%s, %.0f W, in a virtual machine: assumed %.1f W for each of its %d logical processors",
                        part.model(), part.tdpWatts(), ASSUMED_WATTS_PER_LOGICAL_PROCESSOR, processors));
    }

    private static Fit known(HostFacts host, double watts, String basis) {
        return new Fit(CpuPowerModel.ofTdp(Power.ofWatts(watts), design(host)), basis);
    }

    private static Fit assumed(HostFacts host, double watts, String basis) {
        return new Fit(CpuPowerModel.ofAssumedTdp(Power.ofWatts(watts), design(host)), basis);
    }

    /** By the name, which says it even where the system hides the model, as in {@code AMD EPYC Processor}. */
    private static CpuDesign design(HostFacts host) {
        return SEVERAL_DIES.matcher(host.cpuModel()).find() ? CpuDesign.SEVERAL_DIES : CpuDesign.ONE_DIE;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String name() {
        return "cpu model";
    }

    @Override
    public Device device() {
        return CPU;
    }

    @Override
    public Availability probe() {
        return new Available(List.of(CPU), text("TDP %.1f W (%s) and load", tdp().watts(), basis()));
    }

    @Override
    public ModelledEnergy over(Duration time, double load) {
        return fit().model.over(time, load);
    }

    @Override
    public Power idle() {
        return fit().model.idle();
    }

    @Override
    public int bandPercent() {
        return fit().model.bandPercentAtFullLoad();
    }

    /** Thermal design power of all packages, or of the part of one that this host has. */
    public Power tdp() {
        return fit().model.tdp();
    }

    /** What it was taken from. */
    public String basis() {
        return fit().basis;
    }
}
