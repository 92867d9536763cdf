package io.wattledger.cli.audit;

import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;

/**
 * Samples of one session that follow one another without a gap, in number and in time. Of the samples themselves only the
 * first and the last are kept.
 */
final class Span {
    final String session;
    final String bootId;
    final String zone;
    final int pueThousandths;
    final long slotLengthMillis;
    final Sample first;
    private Sample last;

    Span(PowerSamples host, Sample only) {
        this.session = host.getSession();
        this.bootId = host.getBootId();
        this.zone = host.getZone();
        this.pueThousandths = host.getPueThousandths();
        this.slotLengthMillis = host.getSlotLengthMillis();
        this.first = only;
        this.last = only;
    }

    Sample last() {
        return last;
    }

    long start() {
        return first.getStart().toEpochMilli();
    }

    long end() {
        return last.getEnd().toEpochMilli();
    }

    boolean includes(long seq) {
        return first.getSeq() <= seq && seq <= last.getSeq();
    }

    boolean overlaps(Sample sample) {
        return start() < sample.getEnd().toEpochMilli() && sample.getStart().toEpochMilli() < end();
    }

    boolean isFollowedBy(Sample next) {
        return next.getSeq() == last.getSeq() + 1 && next.getStart().equals(last.getEnd());
    }

    void extendTo(Sample next) {
        last = next;
    }
}
