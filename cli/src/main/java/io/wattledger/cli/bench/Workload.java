package io.wattledger.cli.bench;

import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a measurement feeds in: hosts with a server's devices, on which runs go on side by side, in zones with live
 * intensities. All of it follows from these numbers, so the totals are known before anything is accounted.
 *
 * @param hosts how many hosts
 * @param samplesPerHost samples of each, without a gap between them
 * @param samplesPerRecord how many of them travel in one record
 * @param runsPerHost runs of each host, all from its first sample to its last
 * @param zones electricity-grid zones, the hosts in turn
 * @param interval what one sample covers
 * @param start start of the first samples
 * @param intensityLength what one intensity covers, a multiple of a slot
 * @param revision how often the intensities have been revised
 */
record Workload(
        int hosts,
        int samplesPerHost,
        int samplesPerRecord,
        int runsPerHost,
        int zones,
        Duration interval,
        Instant start,
        Duration intensityLength,
        int revision) {
    static final Duration SLOT = Duration.ofMinutes(15);
    private static final String SERIES = "average-lifecycle";

    /**
     * Samples of one second, such as wait in the topic after an outage.
     *
     * @param samples how many, of all hosts together
     * @param end when the last of them ends, to the second
     */
    static Workload backlog(long samples, int hosts, int samplesPerRecord, int runsPerHost, int zones, Instant end) {
        int perHost = Math.toIntExact(Math.max(1, samples / hosts));
        var start = end.truncatedTo(ChronoUnit.SECONDS).minusSeconds(perHost);
        return new Workload(
                hosts, perHost, samplesPerRecord, runsPerHost, zones, Duration.ofSeconds(1), start, SLOT, 0);
    }

    /** The same after another revision of the intensities. */
    Workload revised() {
        return new Workload(
                hosts,
                samplesPerHost,
                samplesPerRecord,
                runsPerHost,
                zones,
                interval,
                start,
                intensityLength,
                revision + 1);
    }

    long samples() {
        return (long) hosts * samplesPerHost;
    }

    long readings() {
        return samples() * SimulatedHost.READINGS;
    }

    Instant end() {
        return startOf(samplesPerHost);
    }

    /** Start of the sample with that number, from 0. */
    Instant startOf(int sample) {
        return start.plus(interval.multipliedBy(sample));
    }

    String zone(int number) {
        return "X%03d".formatted(number % zones);
    }

    List<SimulatedHost> simulate() {
        return IntStream.range(0, hosts)
                .mapToObj(number -> new SimulatedHost(this, number))
                .toList();
    }

    /** A value for every zone and time, in the order in which they become known. */
    List<GridIntensity> intensities() {
        var values = new ArrayList<GridIntensity>();
        for (var time = floor(start, intensityLength); time.isBefore(end()); time = time.plus(intensityLength)) {
            for (int zone = 0; zone < zones; zone++) {
                values.add(intensity(zone(zone), time));
            }
        }
        return values;
    }

    /** Known when its time began, a revision a minute after the one before. */
    private GridIntensity intensity(String zone, Instant time) {
        var known = time.plus(Duration.ofMinutes(revision));
        return GridIntensity.newBuilder()
                .setSeries(SERIES)
                .setZone(zone)
                .setSlotStart(time)
                .setSlotLengthMillis(intensityLength.toMillis())
                .setIntensityMicrogramsPerKwh(microgramsPerKwh(zone, time))
                .setRung(IntensityRung.LIVE_MEASURED)
                .setVersion(known)
                .setSource("bench")
                .setPublishedAt(known)
                .build();
    }

    /** From 20 to 700 g/kWh, to the microgram, another for each zone, time and revision. */
    long microgramsPerKwh(String zone, Instant time) {
        long origin = Mix.of(zone.hashCode(), floor(time, intensityLength).toEpochMilli());
        return 20_000_000 + Math.floorMod(Mix.of(origin, revision), 680_000_000L);
    }

    static Instant slotOf(Instant time) {
        return floor(time, SLOT);
    }

    private static Instant floor(Instant time, Duration length) {
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length.toMillis()) * length.toMillis());
    }
}
