package io.wattledger.collector.session;

import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the records that a session publishes. */
final class Records {
    private static final long SLOT_LENGTH_OF_THE_INSTALLATION = 0;

    private Records() {}

    static PowerSamples samples(
            HostSettings host,
            String zone,
            String bootId,
            String session,
            Map<String, Long> idleMilliwatts,
            Sample sample) {
        return new PowerSamples(
                host.host(),
                bootId,
                session,
                zone,
                host.pueThousandths(),
                host.policy(),
                idleMilliwatts,
                SLOT_LENGTH_OF_THE_INSTALLATION,
                List.of(sample));
    }

    static Sample sample(
            long seq,
            long startMillis,
            long endMillis,
            Snapshot before,
            Snapshot after,
            List<Reading> readings,
            List<Usage> usage,
            long memoryBytes) {
        return new Sample(
                seq,
                Instant.ofEpochMilli(startMillis),
                Instant.ofEpochMilli(endMillis),
                readings,
                usage,
                Measurement.busyNanos(before, after),
                Measurement.capacityNanos(before, after),
                memoryBytes);
    }

    static Usage usage(OpenRun run, Snapshot before, Snapshot after) {
        long nanos = run.cpuAt(after.monotonicNanos()) - run.cpuAt(before.monotonicNanos());
        return new Usage(run.start.run(), run.start.project(), nanos, run.deviceThousandths, run.memoryBytes);
    }

    static RunEvent event(
            OpenRun run, String host, String zone, @Nullable Long finishedMillis, @Nullable Long lastSeq) {
        var start = run.start;
        // A run may have ended before its start could be written.
        boolean ends = finishedMillis != null;
        var units = ends ? run.units : null;
        return new RunEvent(
                start.run(),
                host,
                start.project(),
                start.name(),
                start.labels(),
                start.user(),
                start.parentRun(),
                zone,
                Instant.ofEpochMilli(run.startedMillis),
                finishedMillis == null ? null : Instant.ofEpochMilli(finishedMillis),
                ends ? run.exitCode : null,
                run.session,
                run.firstSeq,
                lastSeq,
                units == null ? null : units.unit(),
                units == null ? null : units.count());
    }
}
