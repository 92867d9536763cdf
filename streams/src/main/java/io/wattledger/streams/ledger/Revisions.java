package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.RevisionCause;
import org.jspecify.annotations.Nullable;

/** Revisions of closed rows: what a row says from now on, what it said before, and why it has changed. */
final class Revisions {
    private Revisions() {}

    /** The first revision, when the slot has closed. */
    static EmissionRevision first(EmissionRow row) {
        var revision = new EmissionRevision();
        revision.setRow(row);
        revision.setCause(RevisionCause.CLOSED);
        return revision;
    }

    /** A revision that replaces the one before. */
    static EmissionRevision of(EmissionRow before, EmissionRow after, @Nullable HostCorrection correction) {
        var revision = first(after);
        revision.setCause(cause(before, after, correction));
        revision.setReplacesRevision(before.getRevision());
        revision.setPreviousEnergyMillijoules(before.getEnergyMillijoules());
        revision.setPreviousIntensityMicrogramsPerKwh(before.getIntensityMicrogramsPerKwh());
        revision.setPreviousEmissionsMicrograms(before.getEmissionsMicrograms());
        revision.setPreviousIntensitySource(before.getIntensitySource());
        revision.setPreviousZone(before.getZone());
        revision.setPreviousPueThousandths(before.getPueThousandths());
        if (correction != null) {
            revision.setWho(correction.getWho());
            revision.setWhy(correction.getWhy());
        }
        return revision;
    }

    private static RevisionCause cause(EmissionRow before, EmissionRow after, @Nullable HostCorrection correction) {
        if (correction != null) {
            return RevisionCause.CORRECTION;
        }
        return before.getEnergyMillijoules() == after.getEnergyMillijoules()
                ? RevisionCause.INTENSITY
                : RevisionCause.SAMPLES;
    }
}
