package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.sinks.task.LedgerRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class LedgerCsvTest {
    private static final LedgerRecord.RowName KEY = new LedgerRecord.RowName("DE", 1300);

    /** Columns are an interface: a change here breaks what reads the file. */
    @Test
    void columnsAreStable() {
        assertThat(String.join(",", LedgerCsv.header()))
                .isEqualTo(
                        "slot_start_utc,slot_s,run,host,key_zone,key_pue,revision,known_at_utc,sealed,project,zone,pue,"
                                + "measured_s,cpu_time_s,energy_kwh,cpu_energy_kwh,gpu_energy_kwh,ram_energy_kwh,"
                                + "other_energy_kwh,facility_energy_kwh,band_percent,method,intensity_g_per_kwh,"
                                + "intensity_zone,intensity_year,intensity_method,intensity_source,intensity_rung,"
                                + "emissions_g,cpu_emissions_g,gpu_emissions_g,ram_emissions_g,other_emissions_g,"
                                + "market_basis,market_emissions_g,on_site_water_l,source_water_l,embodied_g");
        assertThat(String.join(",", ChangeCsv.header()))
                .isEqualTo("slot_start_utc,slot_s,run,host,key_zone,key_pue,revision,known_at_utc,cause,"
                        + "replaces_revision,project,zone,previous_zone,pue,previous_pue,energy_kwh,"
                        + "previous_energy_kwh,intensity_g_per_kwh,previous_intensity_g_per_kwh,intensity_source,"
                        + "previous_intensity_source,intensity_rung,emissions_g,previous_emissions_g,who,why");
    }

    @Test
    void valuesOfARowAreExactDecimals() {
        assertThat(named(
                        LedgerCsv.header(),
                        LedgerCsv.row(KEY, Ledgers.row("r1", 2).build())))
                .containsEntry("slot_start_utc", "2026-03-01T10:00:00.000Z")
                .containsEntry("slot_s", "300")
                .containsEntry("run", "r1")
                .containsEntry("key_zone", "DE")
                .containsEntry("key_pue", "1.3")
                .containsEntry("zone", "FR")
                .containsEntry("pue", "1.2")
                .containsEntry("revision", "2")
                .containsEntry("sealed", "false")
                .containsEntry("measured_s", "14.2")
                .containsEntry("energy_kwh", "0.000081")
                .containsEntry("facility_energy_kwh", "0.0000972")
                .containsEntry("band_percent", "")
                .containsEntry("method", "rapl=1")
                .containsEntry("intensity_g_per_kwh", "56.039")
                .containsEntry("emissions_g", "0.005447")
                .containsEntry("market_emissions_g", "")
                .containsEntry("on_site_water_l", "");
    }

    @Test
    void furtherFiguresAreThereWhereTheyAreSwitchedOn() {
        var row = Ledgers.row("r1", 1)
                .setFootprint(Footprint.newBuilder()
                        .setMarketBasis("CONTRACT")
                        .setMarketEmissionsMicrograms(0L)
                        .setOnSiteWaterMicrolitres(1_500L)
                        .setEmbodiedMicrograms(2_000_000L)
                        .build())
                .build();

        assertThat(named(LedgerCsv.header(), LedgerCsv.row(KEY, row)))
                .containsEntry("market_basis", "CONTRACT")
                .containsEntry("market_emissions_g", "0")
                .containsEntry("on_site_water_l", "0.0015")
                .containsEntry("source_water_l", "")
                .containsEntry("embodied_g", "2");
    }

    @Test
    void aChangeHasWhatItReplaces() {
        var change = Ledgers.corrected(Ledgers.row("r1", 2).build());

        assertThat(named(ChangeCsv.header(), ChangeCsv.row(KEY, change)))
                .containsEntry("cause", "CORRECTION")
                .containsEntry("revision", "2")
                .containsEntry("replaces_revision", "1")
                .containsEntry("zone", "FR")
                .containsEntry("previous_zone", "DE")
                .containsEntry("intensity_g_per_kwh", "56.039")
                .containsEntry("previous_intensity_g_per_kwh", "380")
                .containsEntry("emissions_g", "0.005447")
                .containsEntry("previous_emissions_g", "0.036936")
                .containsEntry("who", "ada")
                .containsEntry("why", "the host is in Paris");
    }

    /** A correction changes the zone a row is accounted in, not its name. */
    @Test
    void theNameOfARowIsThatOfItsKey() {
        var row = Ledgers.row("r1", 1).build();
        var key = RecordStruct.of(new LedgerKey("r1", "vm-3", Instant.parse("2026-03-01T10:00:00Z"), "DE", 1300));

        assertThat(record(key.schema(), key.value(), row).rowName(row)).isEqualTo(KEY);
        assertThat(record(Schema.STRING_SCHEMA, "r1", row).rowName(row))
                .isEqualTo(new LedgerRecord.RowName("FR", 1200));
    }

    private static LedgerRecord record(Schema keySchema, Object key, EmissionRow row) {
        var value = RecordStruct.of(row);
        return new LedgerRecord(
                new SinkRecord("emissions-ledger", 0, keySchema, key, value.schema(), value.value(), 0), row);
    }

    private static Map<String, String> named(List<String> header, List<String> values) {
        assertThat(values).hasSameSizeAs(header);
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            row.put(header.get(i), values.get(i));
        }
        return row;
    }
}
