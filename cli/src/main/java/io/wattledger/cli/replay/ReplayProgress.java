package io.wattledger.cli.replay;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.RunTotals;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Follows what the ledger makes of a replay. */
final class ReplayProgress implements AutoCloseable {
    /** The ledger may stand still for this long before we give up. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Replay replay;
    private final Waiting waiting;
    private final RunTotals totals;
    private @Nullable RunEmissions latest;

    /**
     * Finds out what the ledger has of the replay.
     *
     * @throws Failure when the ledger cannot be reached, or has another run of that name: a replay never adds to one
     */
    ReplayProgress(Replay replay, Ledger ledger, Waiting waiting) {
        this.replay = replay;
        this.waiting = waiting;
        this.totals = RunTotals.of(ledger);
        latest = totals.all().stream()
                .filter(total -> total.getRun().equals(replay.run()))
                .findFirst()
                .orElse(null);
        if (latest != null && !latest.getHosts().equals(List.of(replay.host()))) {
            totals.close();
            throw new Failure("Nothing was imported: the ledger already has a run " + replay.run()
                    + ", of other data, and a replay never adds to another run; choose another name with --run, or"
                    + " leave it out");
        }
    }

    /** The total of the replay, where the ledger has all of it already. */
    @Nullable
    RunEmissions complete() {
        return latest != null && isComplete(latest) ? latest : null;
    }

    /** Whether the total has exactly the energy that there is, on exactly the intensities that were supplied. */
    private boolean isComplete(RunEmissions total) {
        return total.getStatus() == RunStatus.FINISHED
                && total.getEnergyMillijoules() == replay.totals().energy().millijoules()
                && onSupplied(total).equals(replay.totals().covered());
    }

    /** The energy of a total that was accounted on the supplied intensities. */
    Energy onSupplied(RunEmissions total) {
        var file = replay.intensities();
        if (file == null) {
            return Energy.ZERO;
        }
        return new Energy(total.getIntensities().stream()
                .filter(use -> use.getRung() == IntensityRung.LIVE_MEASURED
                        && use.getIntensitySource().equals(file.source()))
                .mapToLong(use -> use.getEnergyMillijoules())
                .sum());
    }

    /** Waits until the ledger knows the run. */
    void awaitBegun() {
        await(any -> true);
    }

    /** Waits until so much has been accounted. */
    void awaitEnergy(long millijoules) {
        await(total -> total.getEnergyMillijoules() >= millijoules);
    }

    /** Waits until everything has been. */
    RunEmissions awaitComplete() {
        return await(this::isComplete);
    }

    private RunEmissions await(Predicate<RunEmissions> wanted) {
        var reached = latest;
        while (reached == null || !wanted.test(reached)) {
            var began = waiting.elapsed();
            reached = totals.awaitNext(replay.run(), any -> true, () -> {
                waiting.goesOn();
                return waiting.elapsed().minus(began).compareTo(PATIENCE) < 0;
            });
            if (reached == null) {
                throw stuck();
            }
            latest = reached;
        }
        if (reached.getEnergyMillijoules() > replay.totals().energy().millijoules()) {
            throw new Failure("The ledger has " + reached.getEnergyMillijoules() + " mJ of run " + replay.run()
                    + ", more than the " + replay.totals().energy().millijoules()
                    + " mJ of the recording; another recording has been accounted to the same run since, or"
                    + " `wattledger audit` tells what has gone wrong");
        }
        return reached;
    }

    private Failure stuck() {
        long energy = latest == null ? 0 : latest.getEnergyMillijoules();
        return new Failure("The ledger has accounted " + energy + " of "
                + replay.totals().energy().millijoules() + " mJ of run " + replay.run() + " and then nothing for "
                + PATIENCE.toSeconds() + " s. Look into its log and its dead letters for the reason, and replay again:"
                + " what has arrived is not counted twice");
    }

    @Override
    public void close() {
        totals.close();
    }
}
