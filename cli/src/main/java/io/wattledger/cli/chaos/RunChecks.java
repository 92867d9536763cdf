package io.wattledger.cli.chaos;

import io.wattledger.cli.chaos.HostBook.SampleId;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.csv.CsvLine;
import io.wattledger.sinks.csv.RunCsv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether runs have ended as their wrappers were told, with totals that are the sums of their rows, here and in the file. */
final class RunChecks {
    private final List<HostBook> hosts;
    private final LedgerTopics topics;
    private final String runsFile;
    private final String changesFile;

    RunChecks(List<HostBook> hosts, LedgerTopics topics, String runsFile, String changesFile) {
        this.hosts = hosts;
        this.topics = topics;
        this.runsFile = runsFile;
        this.changesFile = changesFile;
    }

    List<Check> all() {
        return List.of(ends(), totals(), file());
    }

    /** Each end of a run that a collector has confirmed was on its disk, and has arrived unless the disk was lost. */
    private Check ends() {
        var check = new Check("ends of runs");
        var arrived = new HashSet<String>();
        ends(topics.events().values().stream()).forEach(event -> arrived.add(event.getRun()));
        for (var host : hosts) {
            var onDisk = new HashSet<String>();
            for (var part : host.evidence().disk()) {
                ends(part.events().stream()).forEach(event -> {
                    onDisk.add(event.getRun());
                    check.holds(
                            "end of " + event.getRun() + " did not arrive",
                            part.lost() || arrived.contains(event.getRun()));
                });
            }
            host.evidence()
                    .endedRuns()
                    .forEach(run ->
                            check.holds("end of " + run + " was confirmed and is not on disk", onDisk.contains(run)));
        }
        return check;
    }

    private static Stream<RunEvent> ends(Stream<RunEvent> events) {
        return events.filter(event -> event.getFinished() != null);
    }

    /** Totals of runs are the sums of their rows, and what has ended is finished. */
    private Check totals() {
        var check = new Check("totals of runs");
        var energies = new TreeMap<String, Long>();
        var emissions = new TreeMap<String, Long>();
        topics.emissions().values().stream()
                .filter(row -> !row.getRun().startsWith("_"))
                .forEach(row -> {
                    energies.merge(row.getRun(), row.getEnergyMillijoules(), Long::sum);
                    emissions.merge(row.getRun(), row.getEmissionsMicrograms(), Long::sum);
                });
        energies.keySet()
                .forEach(run -> check.holds("no total of " + run, topics.runs().containsKey(run)));
        topics.runs().forEach((run, total) -> {
            check.same("mJ of " + run, energies.getOrDefault(run, 0L), total.getEnergyMillijoules());
            check.same("µg of " + run, emissions.getOrDefault(run, 0L), total.getEmissionsMicrograms());
        });
        ends(topics.events().values().stream()).filter(this::isWhole).forEach(event -> {
            var total = topics.runs().get(event.getRun());
            check.same("status of " + event.getRun(), RunStatus.FINISHED, total == null ? "none" : total.getStatus());
        });
        return check;
    }

    /** Samples of a run that went with a disk are missing for ever, and the run is not finished without them. */
    private boolean isWhole(RunEvent end) {
        var last = Objects.requireNonNull(end.getLastSeq());
        return hosts.stream().filter(host -> host.name().equals(end.getHost())).anyMatch(host -> {
            for (long seq = end.getFirstSeq(); seq <= last; seq++) {
                if (!host.sent().containsKey(new SampleId(end.getSession(), seq))) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Each run is in the file once, each later revision in that of changes, and the last one is as in the ledger. */
    private Check file() {
        var check = new Check("rows of the runs' file");
        var rows = new HashMap<String, List<String>>();
        collect(runsFile, rows);
        rows.forEach((run, lines) -> check.same("rows of " + run + " in the file of runs", 1, lines.size()));
        collect(changesFile, rows);
        rows.forEach((run, lines) ->
                check.same("rows of " + run, lines.stream().distinct().toList(), lines));
        topics.runs().values().stream().filter(run -> run.getRevision() > 0).forEach(run -> {
            var lines = rows.getOrDefault(run.getRun(), List.of());
            var expected = CsvLine.of(RunCsv.row(run)).strip();
            var found = lines.isEmpty() ? "none" : lines.get(lines.size() - 1);
            check.same("last row of " + run.getRun(), expected, found);
            check.holds(
                    lines.size() + " rows of " + run.getRun() + " of " + run.getRevision() + " revisions",
                    lines.size() <= run.getRevision());
        });
        return check;
    }

    private static void collect(String file, Map<String, List<String>> rows) {
        file.lines().skip(1).forEach(line -> {
            var run = line.substring(0, Math.max(0, line.indexOf(',')));
            rows.computeIfAbsent(run, absent -> new ArrayList<>()).add(line);
        });
    }
}
