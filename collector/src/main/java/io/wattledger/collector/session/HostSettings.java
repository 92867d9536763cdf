package io.wattledger.collector.session;

import io.wattledger.schemas.record.AttributionPolicy;
import java.time.Duration;

/**
 * How a host is sampled.
 *
 * @param host its name
 * @param zone its electricity-grid zone, {@value #UNKNOWN_ZONE} when nobody has set one
 * @param pueThousandths power usage effectiveness of its site
 * @param policy how its energy is divided
 * @param interval time between two samples when no run asks for less
 * @param onlyDuringRuns true to sample only while a run is open
 * @param memoryBytes installed memory
 */
public record HostSettings(
        String host,
        String zone,
        int pueThousandths,
        AttributionPolicy policy,
        Duration interval,
        boolean onlyDuringRuns,
        long memoryBytes) {
    public static final String UNKNOWN_ZONE = "unknown";
}
