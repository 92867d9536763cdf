package io.wattledger.warehouse;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What rows of the ledger are grouped by, a record in each of the other topics. */
final class Dimensions {
    static final Map<String, String> ZONES = Map.of("FR", "France", "DE", "Germany");
    private static final Map<String, String> RUNS = Map.of("train", "search", "serve", "ads");

    private Dimensions() {}

    static void write(Ledger ledger) {
        RUNS.forEach((run, project) -> ledger.write("run-emissions", run, run(run, project)));
        ledger.write("daily-emissions", "2026-03-01/_host/FR", day("_host"));
        ledger.write("hosts", "vm-1", host("vm-1"));
        ledger.write("hosts", "vm-2", host("vm-2"));
        ZONES.forEach((zone, name) -> ledger.write(
                "grid-defaults",
                new GridDefaultKey("average-lifecycle", zone, 2024),
                new GridDefault(
                        "average-lifecycle", zone, 2024, name, 44_000_000L, "lifecycle", "Ember", "CC-BY-4.0", "EU")));
        ledger.write("host-hours", "vm-1/2026-03-01T10:00:00Z", hour("vm-1"));
    }

    private static DailyEmissions day(String project) {
        return DailyEmissions.newBuilder()
                .setDay("2026-03-01")
                .setProject(project)
                .setZone("FR")
                .setEnergyMillijoules(11)
                .setFacilityEnergyMillijoules(13)
                .setCpuEnergyMillijoules(11)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setBandMillijoules(1)
                .setCpuTimeNanos(0)
                .setEmissionsMicrograms(5)
                .setCpuEmissionsMicrograms(5)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setKnownAt(Instant.parse("2026-03-01T11:00:00Z"))
                .build();
    }

    private static RunEmissions run(String run, String project) {
        return RunEmissions.newBuilder()
                .setRun(run)
                .setProject(project)
                .setUser("ana")
                .setLabels(Map.of("team", "ranking"))
                .setHosts(List.of("vm-1", "vm-2"))
                .setZone("FR")
                .setStarted(Instant.parse("2026-03-01T10:00:00.123Z"))
                .setStatus(RunStatus.FINISHED)
                .setEnergyMillijoules(0)
                .setFacilityEnergyMillijoules(0)
                .setCpuEnergyMillijoules(0)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setBandMillijoules(0)
                .setCpuTimeNanos(0)
                .setEmissionsMicrograms(0)
                .setCpuEmissionsMicrograms(0)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setRevision(1)
                .setKnownAt(Instant.parse("2026-03-01T11:00:00Z"))
                .build();
    }

    private static HostProfile host(String host) {
        return HostProfile.newBuilder()
                .setHost(host)
                .setCpuModel("AMD EPYC 7B12")
                .setCpuSockets(1)
                .setCpuLogical(8)
                .setMemoryBytes(32L << 30)
                .setOperatingSystem("Debian GNU/Linux 12")
                .setCollectorVersion("0.1.0")
                .setSeen(Instant.parse("2026-03-01T09:00:00Z"))
                .build();
    }

    private static HostHour hour(String host) {
        return HostHour.newBuilder()
                .setHost(host)
                .setHour(Instant.parse("2026-03-01T10:00:00Z"))
                .setRunsMillijoules(7)
                .setIdleMillijoules(4)
                .setOtherMillijoules(0)
                .setMissingMillijoules(0)
                .setMeteredMillijoules(11)
                .setMissingMillis(0)
                .setEmissionsMicrograms(5)
                .setKnownAt(Instant.parse("2026-03-01T11:00:00Z"))
                .build();
    }
}
