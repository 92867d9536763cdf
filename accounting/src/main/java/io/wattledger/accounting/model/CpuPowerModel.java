package io.wattledger.accounting.model;

import io.wattledger.accounting.quantity.Power;
import java.time.Duration;

/**
 * Power of processors from their thermal design power (TDP) and load:
 * {@code P = TDP × (idle + (0.71 − idle) × load)}, where idle is 0.07 for processors of one die and 0.29 for those of
 * {@linkplain CpuDesign several}. Idle processors take power too, and few reach their TDP under an ordinary full load.
 *
 * <p>Fitted to 86 points of four processors (AMD EPYC 8024P, AMD Ryzen Threadripper 1950X, Intel Xeon E3-1240 v2 and
 * E5-2620 v3; loads from 0 to 100 %, on all cores and on some), package power by RAPL, measured in January 2025 by the
 * maintainers of CodeCarbon (github.com/mlco2/codecarbon, MIT), without the series whose domains were counted twice;
 * least mean absolute percentage error with each processor weighing the same. For a processor left out of the fit the
 * mean absolute error is 27 %; TDP × load is 44 % off on the same points. {@code docs/cpu-model.md} has the evaluation.
 *
 * <p>The band, {@code TDP × (0.12 + 0.20 × load)}, holds four points in five of the processor left out. It is about 45 %
 * of the estimate at full load, and may be wider than the estimate at idle.
 */
public final class CpuPowerModel {
    static final double PEAK = 0.71;
    static final double BAND = 0.12;
    static final double BAND_BY_LOAD = 0.20;

    private final Power tdp;
    private final double idle;
    private final double bandFactor;

    private CpuPowerModel(Power tdp, CpuDesign design, double bandFactor) {
        if (tdp.milliwatts() <= 0) {
            throw new IllegalArgumentException("Not a thermal design power: " + tdp.watts() + " W");
        }
        this.tdp = tdp;
        this.idle = design.idle();
        this.bandFactor = bandFactor;
    }

    /** The model for processors of this TDP, all packages together. */
    public static CpuPowerModel ofTdp(Power tdp, CpuDesign design) {
        return new CpuPowerModel(tdp, design, 1);
    }

    /** The same where the TDP itself is an assumption: the band is half as wide again. */
    public static CpuPowerModel ofAssumedTdp(Power tdp, CpuDesign design) {
        return new CpuPowerModel(tdp, design, 1.5);
    }

    /**
     * Energy of an interval.
     *
     * @param load busy share of all logical processors in this interval; clamped to 0 … 1, since tick counters can
     *     exceed it on short intervals
     */
    public ModelledEnergy over(Duration time, double load) {
        double clamped = Math.min(1, Math.max(0, load));
        double watts = tdp.watts() * (idle + (PEAK - idle) * clamped);
        return ModelledEnergy.of(watts, bandFactor * tdp.watts() * (BAND + BAND_BY_LOAD * clamped), time);
    }

    /** The part that is there without load. */
    public Power idle() {
        return Power.ofWatts(tdp.watts() * idle);
    }

    /** The thermal design power it was made for. */
    public Power tdp() {
        return tdp;
    }

    /** Half width of the band in per cent of the estimate at full load, the narrowest it gets. */
    public int bandPercentAtFullLoad() {
        return (int) Math.round(100 * bandFactor * (BAND + BAND_BY_LOAD) / PEAK);
    }
}
