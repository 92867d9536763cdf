package io.wattledger.cli.audit;

import io.wattledger.cli.audit.Difference.Gap;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import java.util.ArrayList;
import java.util.List;

/** The balance of a host in an hour, in millijoules. */
final class Hour {
    private long runs;
    private long idle;
    private long other;
    private long missing;
    private long missingMillis;
    private long emissions;
    private long sampled;
    private boolean sampledIsKnown = true;
    private boolean moving;

    void add(EmissionRow row) {
        long energy = row.getEnergyMillijoules();
        switch (row.getRun()) {
            case SampleSplit.IDLE -> idle = Math.addExact(idle, energy);
            case SampleSplit.OTHER -> other = Math.addExact(other, energy);
            case SampleSplit.MISSING -> {
                missing = Math.addExact(missing, energy);
                missingMillis = Math.addExact(missingMillis, row.getMeasuredMillis());
            }
            default -> runs = Math.addExact(runs, energy);
        }
        emissions = Math.addExact(emissions, row.getEmissionsMicrograms());
    }

    /** What samples told, added up before it was divided. */
    void sampled(long millijoules) {
        sampled = Math.addExact(sampled, millijoules);
    }

    /** Some of its samples are gone, so only its rows can be added up. */
    void sampledIsUnknown() {
        sampledIsKnown = false;
    }

    void moves() {
        moving = true;
    }

    boolean isMoving() {
        return moving;
    }

    List<Gap> compare(HostHour told) {
        var gaps = new ArrayList<Gap>();
        gap(gaps, "runsMillijoules", told.getRunsMillijoules(), runs);
        gap(gaps, "idleMillijoules", told.getIdleMillijoules(), idle);
        gap(gaps, "otherMillijoules", told.getOtherMillijoules(), other);
        gap(gaps, "missingMillijoules", told.getMissingMillijoules(), missing);
        if (sampledIsKnown) {
            gap(gaps, "sampledMillijoules", told.getSampledMillijoules(), sampled);
            gap(gaps, "meteredMillijoules", told.getMeteredMillijoules(), sampled + missing);
        }
        gap(gaps, "differenceMillijoules", told.getDifferenceMillijoules(), 0);
        gap(gaps, "missingMillis", told.getMissingMillis(), missingMillis);
        gap(gaps, "emissionsMicrograms", told.getEmissionsMicrograms(), emissions);
        return gaps;
    }

    /** What is wrong with a balance that the ledger has not published. */
    List<Gap> unpublished() {
        return List.of(new Gap("runs, idle, other and missing", null, runs + idle + other + missing));
    }

    private static void gap(List<Gap> gaps, String figure, long told, long derived) {
        if (told != derived) {
            gaps.add(new Gap(figure, told, derived));
        }
    }
}
