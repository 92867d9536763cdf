package io.wattledger.streams.totals;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.state.RowDelta;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunHost;
import io.wattledger.schemas.state.RunHostStatus;
import io.wattledger.schemas.state.RunTotal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up what the accounting step tells of one run. */
public final class RunTotals {
    private RunTotals() {}

    /** The total of a run of which nothing was told yet. */
    public static RunTotal empty() {
        var emissions = new RunEmissions();
        emissions.setRun("");
        emissions.setProject("");
        emissions.setZone("");
        emissions.setLabels(new HashMap<>());
        emissions.setHosts(new ArrayList<>());
        emissions.setStatus(RunStatus.RUNNING);
        emissions.setEnergyByMethod(new HashMap<>());
        emissions.setIntensities(new ArrayList<>());
        emissions.setKnownAt(Instant.EPOCH);
        return new RunTotal(emissions, new HashMap<>());
    }

    /** Adds one change; changes and returns {@code total}. */
    public static RunTotal add(String run, RunDelta delta, RunTotal total) {
        var emissions = total.getEmissions();
        emissions.setRun(run);
        if (emissions.getProject().isEmpty()) {
            emissions.setProject(delta.getProject());
            emissions.setZone(delta.getZone());
        }
        if (delta.getRow() != null) {
            addRow(emissions, delta.getRow());
        }
        if (delta.getEvent() != null) {
            noteEvent(total.getHosts(), delta);
            describe(emissions, total.getHosts());
        }
        var status = status(total.getHosts().values(), emissions.getIntensities());
        boolean changed = delta.getRow() != null || status != emissions.getStatus();
        emissions.setStatus(status);
        if (changed) {
            countRevision(emissions);
        }
        if (delta.getKnownAt().isAfter(emissions.getKnownAt())) {
            emissions.setKnownAt(delta.getKnownAt());
        }
        return total;
    }

    private static void addRow(RunEmissions to, RowDelta row) {
        to.setEnergyMillijoules(Math.addExact(to.getEnergyMillijoules(), row.getEnergyMillijoules()));
        to.setFacilityEnergyMillijoules(
                Math.addExact(to.getFacilityEnergyMillijoules(), row.getFacilityEnergyMillijoules()));
        to.setCpuEnergyMillijoules(Math.addExact(to.getCpuEnergyMillijoules(), row.getCpuEnergyMillijoules()));
        to.setGpuEnergyMillijoules(Math.addExact(to.getGpuEnergyMillijoules(), row.getGpuEnergyMillijoules()));
        to.setRamEnergyMillijoules(Math.addExact(to.getRamEnergyMillijoules(), row.getRamEnergyMillijoules()));
        to.setOtherEnergyMillijoules(Math.addExact(to.getOtherEnergyMillijoules(), row.getOtherEnergyMillijoules()));
        to.setBandMillijoules(Math.addExact(to.getBandMillijoules(), row.getBandMillijoules()));
        to.setCpuTimeNanos(Math.addExact(to.getCpuTimeNanos(), row.getCpuTimeNanos()));
        to.setEmissionsMicrograms(Math.addExact(to.getEmissionsMicrograms(), row.getEmissionsMicrograms()));
        to.setCpuEmissionsMicrograms(Math.addExact(to.getCpuEmissionsMicrograms(), row.getCpuEmissionsMicrograms()));
        to.setGpuEmissionsMicrograms(Math.addExact(to.getGpuEmissionsMicrograms(), row.getGpuEmissionsMicrograms()));
        to.setRamEmissionsMicrograms(Math.addExact(to.getRamEmissionsMicrograms(), row.getRamEmissionsMicrograms()));
        to.setOtherEmissionsMicrograms(
                Math.addExact(to.getOtherEmissionsMicrograms(), row.getOtherEmissionsMicrograms()));
        row.getEnergyByMethod()
                .forEach((method, energy) -> to.getEnergyByMethod().merge(method, energy, Math::addExact));
        to.getEnergyByMethod().values().removeIf(energy -> energy == 0);
        to.setIntensities(addUses(to.getIntensities(), row.getIntensities()));
    }

    private static List<IntensityUse> addUses(List<IntensityUse> uses, List<IntensityUse> changes) {
        var sums = new HashMap<IntensityUse, IntensityUse>();
        uses.forEach(use -> sums.put(identity(use), use));
        for (var change : changes) {
            sums.merge(identity(change), change, (use, added) -> {
                use.setEnergyMillijoules(Math.addExact(use.getEnergyMillijoules(), added.getEnergyMillijoules()));
                use.setEmissionsMicrograms(Math.addExact(use.getEmissionsMicrograms(), added.getEmissionsMicrograms()));
                return use;
            });
        }
        return sums.values().stream()
                .filter(use -> use.getEnergyMillijoules() != 0 || use.getEmissionsMicrograms() != 0)
                .sorted(Comparator.comparing(IntensityUse::getZone)
                        .thenComparing(IntensityUse::getRung)
                        .thenComparing(IntensityUse::toString))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The same use without its figures. */
    private static IntensityUse identity(IntensityUse use) {
        return IntensityUse.newBuilder(use)
                .setEnergyMillijoules(0)
                .setEmissionsMicrograms(0)
                .build();
    }

    private static void noteEvent(Map<String, RunHost> hosts, RunDelta delta) {
        var before = hosts.get(delta.getHost());
        if (before == null || delta.getStatus().compareTo(before.getStatus()) >= 0) {
            hosts.put(delta.getHost(), new RunHost(delta.getEvent(), delta.getStatus()));
        }
    }

    /** What the events of all hosts say of the run together. */
    private static void describe(RunEmissions emissions, Map<String, RunHost> byHost) {
        var hosts = new TreeMap<>(byHost);
        var events = hosts.values().stream().map(RunHost::getEvent).toList();
        var first = events.stream()
                .min(Comparator.comparing(RunEvent::getStarted).thenComparing(RunEvent::getHost))
                .orElseThrow();
        emissions.setProject(first.getProject());
        emissions.setName(first.getName());
        emissions.setLabels(first.getLabels());
        emissions.setUser(first.getUser());
        emissions.setParentRun(first.getParentRun());
        emissions.setZone(first.getZone());
        emissions.setHosts(new ArrayList<>(hosts.keySet()));
        emissions.setStarted(first.getStarted());
        boolean ended = events.stream().allMatch(event -> event.getFinished() != null);
        emissions.setFinished(
                ended
                        ? events.stream()
                                .map(RunEvent::getFinished)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()
                        : null);
        emissions.setExitCode(exitCode(events));
    }

    private static @Nullable Integer exitCode(List<RunEvent> events) {
        var failed = events.stream()
                .map(RunEvent::getExitCode)
                .filter(code -> code != null && code != 0)
                .findFirst();
        if (failed.isPresent()) {
            return failed.get();
        }
        return events.stream().map(RunEvent::getExitCode).anyMatch(Objects::isNull) ? null : 0;
    }

    private static RunStatus status(Collection<RunHost> hosts, List<IntensityUse> intensities) {
        var least = hosts.stream()
                .map(RunHost::getStatus)
                .min(Comparator.naturalOrder())
                .orElse(RunHostStatus.UNKNOWN);
        return switch (least) {
            case UNKNOWN, RUNNING -> RunStatus.RUNNING;
            case LOST -> RunStatus.LOST;
            case ENDED -> RunStatus.ENDED;
            case FINISHED -> hasEnergyWithoutIntensity(intensities) ? RunStatus.ENDED : RunStatus.FINISHED;
        };
    }

    private static boolean hasEnergyWithoutIntensity(List<IntensityUse> intensities) {
        return intensities.stream().anyMatch(use -> use.getRung() == IntensityRung.NONE);
    }

    /** A run that has come to its end has revision 1; each change after that makes one more. */
    private static void countRevision(RunEmissions emissions) {
        boolean over = emissions.getStatus() == RunStatus.FINISHED || emissions.getStatus() == RunStatus.LOST;
        if (over || emissions.getRevision() > 0) {
            emissions.setRevision(emissions.getRevision() + 1);
        }
    }
}
