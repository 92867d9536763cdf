package io.wattledger.cli.chaos;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** Compares the ledger with what is known without it. */
final class Reckoning {
    private final Evidence evidence;
    private final LedgerTopics topics;
    private final List<HostBook> hosts;
    private final List<Check> checks = new ArrayList<>();

    Reckoning(Evidence evidence, LedgerTopics topics) {
        this.evidence = evidence;
        this.topics = topics;
        this.hosts = evidence.hosts().stream()
                .map(host -> new HostBook(host, topics))
                .toList();
        checks.addAll(new EnergyChecks(hosts, topics).all());
        checks.addAll(new RunChecks(hosts, topics, evidence.runsFile(), evidence.changesFile()).all());
        var dead = new Check("records that could not be used");
        dead.same("dead letters", 0L, topics.deadLetters());
        checks.add(dead);
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    boolean isRight() {
        return checks.stream().allMatch(check -> check.getDifferences().isEmpty());
    }

    List<HostFigures> figures() {
        return hosts.stream().map(HostBook::figures).toList();
    }

    /** Runs that were begun, that have finished in the ledger, and rows in the file. */
    record Runs(long begun, long finished, long rows) {}

    Runs runs() {
        return new Runs(
                evidence.hosts().stream().mapToLong(host -> host.runs().size()).sum(),
                topics.runs().values().stream()
                        .map(RunEmissions::getStatus)
                        .filter(RunStatus.FINISHED::equals)
                        .count(),
                Math.max(0, evidence.runsFile().lines().count() - 1));
    }
}
