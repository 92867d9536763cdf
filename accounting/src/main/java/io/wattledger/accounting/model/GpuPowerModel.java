package io.wattledger.accounting.model;

import io.wattledger.accounting.quantity.Power;

/**
 * Power of a GPU board from its thermal design power (TDP) and load: {@code P = TDP × (0.12 + 0.90 × load)}.
 *
 * <p>The line through idle and full power as Cloud Carbon Footprint has them for nine NVIDIA boards from K520 to A100
 * (AwsFootprintEstimationConstants, March 2024, Apache-2.0): 11.4 to 12 % and 102 % of TDP.
 *
 * <p>Load is the share of time in which at least one kernel ran, not how much of the board it kept busy, so that a board
 * may draw far less at full load, and more at low load when it encodes video. The band of ± 25 % of TDP is our own
 * judgement: it holds 12 of 13 points of eight boards as their drivers reported them (2018 to 2026, from a T4 to an
 * H100; the one outside is an idle T4 that is kept at full clocks).
 */
public final class GpuPowerModel {
    private static final double IDLE = 0.12;
    private static final double DYNAMIC = 0.90;
    private static final double BAND = 0.25;

    private final Power tdp;

    private GpuPowerModel(Power tdp) {
        this.tdp = tdp;
    }

    /** The model of a board of this TDP. */
    public static GpuPowerModel ofTdp(Power tdp) {
        if (tdp.milliwatts() <= 0) {
            throw new IllegalArgumentException("Not a thermal design power: " + tdp.watts() + " W");
        }
        return new GpuPowerModel(tdp);
    }

    /**
     * Power at a load.
     *
     * @param load share of the time in which the board was in use; clamped to 0 … 1
     */
    public Power at(double load) {
        return Power.ofWatts(tdp.watts() * share(load));
    }

    /** Half width of the band at a load, in thousandths of the power; wider than the power itself near idle. */
    public int bandThousandthsAt(double load) {
        return (int) Math.round(1000 * BAND / share(load));
    }

    /** The thermal design power it was made for. */
    public Power tdp() {
        return tdp;
    }

    private static double share(double load) {
        return IDLE + DYNAMIC * Math.min(1, Math.max(0, load));
    }
}
