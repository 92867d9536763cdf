package io.wattledger.collector.sensor;

import io.wattledger.accounting.model.ModelledEnergy;
import io.wattledger.accounting.quantity.Power;
import java.time.Duration;

/** Estimates the energy of one device from the load between two snapshots. Used only where nothing measures its component. */
public interface PowerModel {
    /** Name for people and logs, such as {@code cpu model}. */
    String name();

    Device device();

    /** Whether it can say anything here, and from what. */
    Availability probe();

    /**
     * Energy of an interval.
     *
     * @param load busy share of all logical processors
     */
    ModelledEnergy over(Duration time, double load);

    /** The part of its power that is there without load. */
    Power idle();

    /** Half width of its error band in per cent, at best. */
    int bandPercent();
}
