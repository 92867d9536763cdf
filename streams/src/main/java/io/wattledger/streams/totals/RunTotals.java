package io.wattledger.streams.totals;

import io.wattledger.accounting.footprint.SciScore;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunHost;
import io.wattledger.schemas.state.RunHostStatus;
import io.wattledger.schemas.state.RunTotal;
import io.wattledger.streams.runs.RunPeriods;
import io.wattledger.streams.sums.RowSums;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what the accounting step tells of one run. */
final class RunTotals {
    private static final RowSums SUMS = new RowSums(RunEmissions.getClassSchema());

    private RunTotals() {}

    /** The total of a run of which nothing was told yet. */
    static RunTotal empty() {
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
        return new RunTotal(emissions, new HashMap<>(), null, null);
    }

    /** Adds one change to {@code total}; whether its figures or its status are others now. */
    static boolean add(String run, RunDelta delta, RunTotal total) {
        var emissions = total.getEmissions();
        emissions.setRun(run);
        if (emissions.getProject().isEmpty()) {
            emissions.setProject(delta.getProject());
            emissions.setZone(delta.getZone());
        }
        if (delta.getRow() != null) {
            SUMS.add(emissions, delta.getRow());
        }
        boolean described = delta.getEvent() != null && noteEvent(total.getHosts(), delta);
        if (described) {
            describe(emissions, total.getHosts());
        }
        emissions.setSciMicrogramsPerUnit(sci(emissions));
        var status = status(total.getHosts().values(), emissions.getIntensities());
        boolean changed = delta.getRow() != null || described || status != emissions.getStatus();
        emissions.setStatus(status);
        return changed;
    }

    private static @Nullable Long sci(RunEmissions emissions) {
        var footprint = emissions.getFootprint();
        var embodied = footprint == null ? null : footprint.getEmbodiedMicrograms();
        var score = SciScore.microgramsPerUnit(
                new Emissions(emissions.getEmissionsMicrograms()),
                embodied == null ? null : new Emissions(embodied),
                emissions.getFunctionalUnits());
        return score.isPresent() ? score.getAsLong() : null;
    }

    /** Returns whether that is news: an event may come twice. */
    private static boolean noteEvent(Map<String, RunHost> hosts, RunDelta delta) {
        var before = hosts.get(delta.getHost());
        var now = new RunHost(delta.getEvent(), delta.getStatus());
        if (before != null) {
            boolean again = RunPeriods.isLater(delta.getEvent(), before.getEvent());
            if (!again && isOver(before.getStatus()) && now.getStatus().compareTo(before.getStatus()) < 0) {
                return false;
            }
            now.setEvent(sinceTheFirstStart(delta.getEvent(), before.getEvent()));
        }
        return !now.equals(hosts.put(delta.getHost(), now));
    }

    private static boolean isOver(RunHostStatus status) {
        return status == RunHostStatus.ENDED || status == RunHostStatus.FINISHED;
    }

    /** A run that was started once more lasts from its first start on. */
    private static RunEvent sinceTheFirstStart(RunEvent event, RunEvent before) {
        return before.getStarted().isBefore(event.getStarted())
                ? RunEvent.newBuilder(event).setStarted(before.getStarted()).build()
                : event;
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
        emissions.setDurationMillis(
                ended
                        ? events.stream()
                                .mapToLong(event -> Duration.between(event.getStarted(), event.getFinished())
                                        .toMillis())
                                .sum()
                        : null);
        emissions.setExitCode(exitCode(events));
        countUnits(emissions, events);
    }

    /** Units of all hosts together; where hosts count different things, there is no sum. */
    private static void countUnits(RunEmissions emissions, List<RunEvent> events) {
        var counted = events.stream()
                .filter(event -> event.getFunctionalUnits() != null)
                .toList();
        var names = counted.stream().map(RunEvent::getFunctionalUnit).distinct().toList();
        boolean alike = names.size() == 1;
        emissions.setFunctionalUnit(alike ? names.get(0) : null);
        emissions.setFunctionalUnits(
                alike ? counted.stream().mapToLong(RunEvent::getFunctionalUnits).sum() : null);
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
    static void countRevision(RunEmissions emissions) {
        boolean over = emissions.getStatus() == RunStatus.FINISHED || emissions.getStatus() == RunStatus.LOST;
        if (over || emissions.getRevision() > 0) {
            emissions.setRevision(emissions.getRevision() + 1);
        }
    }
}
