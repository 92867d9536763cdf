package io.wattledger.cli.replay;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.sinks.csv.CsvLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rows that the ledger has of a replay, one per slot, as a file. */
final class LedgerRows {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> HEADER = List.of(
            "slot_start_utc",
            "epoch_ms",
            "slot_s",
            "run",
            "host",
            "project",
            "zone",
            "energy_kwh",
            "cpu_energy_kwh",
            "gpu_energy_kwh",
            "ram_energy_kwh",
            "other_energy_kwh",
            "pue",
            "facility_energy_kwh",
            "intensity_g_per_kwh",
            "intensity_rung",
            "intensity_zone",
            "intensity_source",
            "emissions_g");

    private LedgerRows() {}

    /**
     * Reads the rows that make up a total.
     *
     * @throws Failure when the ledger does not have them
     */
    static Collection<EmissionRow> read(Ledger ledger, String host, RunEmissions total, Waiting waiting) {
        try (var reader = TopicReader.of(ledger)) {
            var partitions = reader.partitions(Topics.EMISSIONS_LEDGER);
            var partition = partitions.get(HostPartition.of(host, partitions.size()));
            Map<Long, EmissionRow> rows = new TreeMap<>();
            long from = reader.begin(partition);
            var began = waiting.elapsed();
            while (waiting.elapsed().minus(began).compareTo(PATIENCE) < 0) {
                long end = reader.ends(List.of(partition)).getOrDefault(partition, 0L);
                reader.<LedgerKey, EmissionRow>read(
                        Topics.EMISSIONS_LEDGER, partition, from, end, (key, row, timestamp) -> {
                            if (row != null
                                    && key.getHost().equals(host)
                                    && key.getRun().equals(total.getRun())) {
                                rows.put(key.getSlotStart().toEpochMilli(), row);
                            }
                        });
                from = end;
                if (addUpTo(total, rows.values())) {
                    return rows.values();
                }
                waiting.goesOn();
            }
        }
        throw new Failure("The rows of run " + total.getRun() + " in " + Topics.EMISSIONS_LEDGER.name()
                + " do not add up to its total; `wattledger audit` tells more");
    }

    private static boolean addUpTo(RunEmissions total, Collection<EmissionRow> rows) {
        long energy = 0;
        long emissions = 0;
        for (var row : rows) {
            energy += row.getEnergyMillijoules();
            emissions += row.getEmissionsMicrograms();
        }
        return energy == total.getEnergyMillijoules() && emissions == total.getEmissionsMicrograms();
    }

    /**
     * Writes rows to a file, all of them or nothing; what was there is replaced.
     *
     * @throws Failure when it cannot be written
     */
    static void write(Collection<EmissionRow> rows, Path file) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var writer = Files.newBufferedWriter(fresh)) {
                writer.write(CsvLine.of(HEADER));
                for (var row : rows) {
                    writer.write(CsvLine.of(fields(row)));
                }
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(
                    "Cannot write the rows of the ledger to " + file + " (" + e
                            + "); choose another file with --output",
                    e);
        }
    }

    private static List<String> fields(EmissionRow row) {
        return List.of(
                row.getSlotStart().toString(),
                Long.toString(row.getSlotStart().toEpochMilli()),
                Long.toString(row.getSlotLengthMillis() / 1000),
                row.getRun(),
                row.getHost(),
                row.getProject(),
                row.getZone(),
                kilowattHours(row.getEnergyMillijoules()),
                kilowattHours(row.getCpuEnergyMillijoules()),
                kilowattHours(row.getGpuEnergyMillijoules()),
                kilowattHours(row.getRamEnergyMillijoules()),
                kilowattHours(row.getOtherEnergyMillijoules()),
                BigDecimal.valueOf(row.getPueThousandths(), 3).toPlainString(),
                kilowattHours(row.getFacilityEnergyMillijoules()),
                BigDecimal.valueOf(row.getIntensityMicrogramsPerKwh(), 6).toPlainString(),
                row.getRung().name().toLowerCase(Locale.ROOT),
                row.getIntensityZone(),
                row.getIntensitySource(),
                new Emissions(row.getEmissionsMicrograms()).grams().toPlainString());
    }

    private static String kilowattHours(long millijoules) {
        return new Energy(millijoules).kilowattHours().toPlainString();
    }
}
