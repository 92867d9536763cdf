package io.wattledger.cli.report;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerApiClient;
import io.wattledger.cli.ledger.RunTotals;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.api.Format;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs as they were known at a time. What may still change is asked of the REST interface, which knows its history; what
 * has been sealed is no longer there, and its last total, in the topic, is the one that counts.
 */
final class RunReports {
    private static final String RUNS = "runs";

    private final @Nullable LedgerApiClient api;
    private final @Nullable Ledger ledger;

    /**
     * @param api the REST interface, where there is one
     * @param ledger the cluster, where it is known
     */
    RunReports(@Nullable LedgerApiClient api, @Nullable Ledger ledger) {
        this.api = api;
        this.ledger = ledger;
    }

    /**
     * Runs of a report.
     *
     * @param knownUpTo its stamp
     * @param leftOut how many runs are not in it, as they have changed since and been sealed
     */
    record Report(List<RunEmissions> runs, Instant knownUpTo, long leftOut) {}

    /** All runs, the newest first. */
    Report all(@Nullable Instant asOf) {
        if (api == null) {
            return ofTopic(asOf);
        }
        var reply = api.ask(List.of(RUNS), parameters(asOf), Format.AVRO).orFail();
        var stamp = reply.knownUpTo();
        var runs = new HashMap<String, RunEmissions>();
        reply.<RunEmissions>records(RunEmissions.getClassSchema()).forEach(run -> runs.put(run.getRun(), run));
        var others = totals().values().stream()
                .filter(total -> !runs.containsKey(total.getRun()))
                .toList();
        var later = new ArrayList<RunEmissions>();
        for (var total : others) {
            if (total.getKnownAt().isAfter(stamp)) {
                later.add(total);
            } else {
                runs.put(total.getRun(), total);
            }
        }
        return new Report(newestFirst(runs.values().stream().toList()), stamp, countSealed(later));
    }

    /** Those of {@code later} that the interface does not know at all: not begun since, but sealed. */
    private long countSealed(List<RunEmissions> later) {
        if (later.isEmpty() || api == null) {
            return 0;
        }
        var known = api
                .ask(List.of(RUNS), Map.of(), Format.AVRO)
                .orFail()
                .<RunEmissions>records(RunEmissions.getClassSchema())
                .stream()
                .map(RunEmissions::getRun)
                .collect(Collectors.toSet());
        return later.stream().filter(run -> !known.contains(run.getRun())).count();
    }

    private Report ofTopic(@Nullable Instant asOf) {
        requireNow(asOf);
        var runs = newestFirst(List.copyOf(totals().values()));
        var stamp = runs.stream().map(RunEmissions::getKnownAt).max(Comparator.naturalOrder());
        return new Report(runs, stamp.orElse(Instant.EPOCH), 0);
    }

    private static void requireNow(@Nullable Instant asOf) {
        if (asOf != null) {
            throw new Failure("What was known at " + asOf
                    + " is answered by the REST interface of the ledger; say where that is with --api URL");
        }
    }

    /**
     * One run.
     *
     * @throws Failure when there is none of that id, or what was known then is not known any more
     */
    Report one(String run, @Nullable Instant asOf) {
        if (api == null) {
            requireNow(asOf);
            var total = totals().get(run);
            if (total == null) {
                throw unknown(run);
            }
            return new Report(List.of(total), total.getKnownAt(), 0);
        }
        var reply = api.ask(List.of(RUNS, run), parameters(asOf), Format.AVRO);
        if (reply.isMissing()) {
            return sealed(run, asOf, reply);
        }
        return new Report(reply.orFail().records(RunEmissions.getClassSchema()), reply.knownUpTo(), 0);
    }

    private Report sealed(String run, @Nullable Instant asOf, LedgerApiClient.Reply reply) {
        var total = totals().get(run);
        if (total == null) {
            throw unknown(run);
        }
        if (asOf == null) {
            return new Report(List.of(total), total.getKnownAt(), 0);
        }
        if (!total.getKnownAt().isAfter(asOf)) {
            return new Report(List.of(total), asOf, 0);
        }
        boolean isHere = api != null
                && !api.ask(List.of(RUNS, run), Map.of(), Format.AVRO).isMissing();
        if (isHere) {
            throw new Failure(reply.error());
        }
        throw new Failure("What was known of run " + run + " at " + asOf
                + " is no longer kept: the run has been sealed."
                + " Its final figures, known since " + total.getKnownAt() + ", remain (`wattledger report " + run
                + "`), and every revision of its rows in the topic emissions-history");
    }

    /** Why a run has changed, in the words of the ledger. */
    String explain(String run, @Nullable Instant since, Format format) {
        if (api == null) {
            throw new Failure("Changes of a run are known to the REST interface of the ledger;"
                    + " say where that is with --api URL");
        }
        var parameters = since == null ? Map.<String, String>of() : Map.of("since", millis(since));
        return api.ask(List.of(RUNS, run, "changes"), parameters, format)
                .orFail()
                .text();
    }

    private static Failure unknown(String run) {
        return new Failure("The ledger has no run " + run + "; `wattledger report` lists those it has");
    }

    private Map<String, RunEmissions> totals() {
        if (ledger == null) {
            return Map.of();
        }
        try (var totals = RunTotals.of(ledger)) {
            return totals.all().stream().collect(Collectors.toMap(RunEmissions::getRun, run -> run));
        }
    }

    private static List<RunEmissions> newestFirst(List<RunEmissions> runs) {
        return runs.stream()
                .sorted(Comparator.comparing(RunEmissions::getRun).reversed())
                .toList();
    }

    static Map<String, String> parameters(@Nullable Instant asOf) {
        return asOf == null ? Map.of() : Map.of("as-of", millis(asOf));
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }
}
