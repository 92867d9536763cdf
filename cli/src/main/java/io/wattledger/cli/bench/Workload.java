package io.wattledger.cli.bench;

import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import java.time.Duration;
import java.time.Instant;
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
 */
record Workload(
        int hosts,
        int samplesPerHost,
        int samplesPerRecord,
        int runsPerHost,
        int zones,
        Duration interval,
        Instant start) {
    static final Duration SLOT = Duration.ofMinutes(15);
    static final String SERIES = "average-lifecycle";

    /** Samples of one second that end now: the backlog after an outage that is just over. */
    static Workload backlog(long samples, int hosts, int samplesPerRecord, int runsPerHost, int zones, Instant now) {
        int perHost = Math.toIntExact(Math.max(1, samples / hosts));
        var second = Duration.ofSeconds(1);
        var end = Instant.ofEpochSecond(now.getEpochSecond());
        return new Workload(
                hosts, perHost, samplesPerRecord, runsPerHost, zones, second, end.minus(second.multipliedBy(perHost)));
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

    /** A value for every zone and slot, known when the slot began. */
    List<GridIntensity> intensities() {
        var values = new ArrayList<GridIntensity>();
        for (int zone = 0; zone < zones; zone++) {
            for (var slot = slotOf(start); slot.isBefore(end()); slot = slot.plus(SLOT)) {
                values.add(intensity(zone(zone), slot, SLOT, microgramsPerKwh(zone(zone), slot), slot));
            }
        }
        return values;
    }

    static GridIntensity intensity(
            String zone, Instant start, Duration length, long microgramsPerKwh, Instant version) {
        return GridIntensity.newBuilder()
                .setSeries(SERIES)
                .setZone(zone)
                .setSlotStart(start)
                .setSlotLengthMillis(length.toMillis())
                .setIntensityMicrogramsPerKwh(microgramsPerKwh)
                .setRung(IntensityRung.LIVE_MEASURED)
                .setVersion(version)
                .setSource("bench")
                .setPublishedAt(version)
                .build();
    }

    static Instant slotOf(Instant time) {
        long length = SLOT.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
    }

    /** From 20 to 700 g/kWh, to the microgram, another in each slot. */
    static long microgramsPerKwh(String zone, Instant slot) {
        return 20_000_000 + Math.floorMod(Mix.of(zone.hashCode(), slot.toEpochMilli()), 680_000_000L);
    }
}
