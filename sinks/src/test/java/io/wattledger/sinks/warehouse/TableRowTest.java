package io.wattledger.sinks.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RevisionCause;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class TableRowTest {
    private static final Instant SLOT = Instant.parse("2026-03-01T10:00:00Z");
    private static final LedgerKey KEY = new LedgerKey("train", "vm-1", SLOT, "DE", 1200);

    private final TableRow<SinkRecord> transformation = new TableRow<>();

    @Test
    void aFieldIsAColumnAndARecordWithinIsColumnsToo() {
        var value = (Struct) transformed(KEY, row()).value();

        assertThat(value.get("energy_millijoules")).isEqualTo(1_100L);
        assertThat(value.get("intensity_micrograms_per_kwh")).isEqualTo(44_000_000L);
        assertThat(value.get("market_emissions_micrograms")).isEqualTo(90L);
        assertThat(value.get("known_at")).isEqualTo(Date.from(SLOT));
        assertThat(value.get("rung")).isEqualTo("ANNUAL_ZONE");
        assertThat(value.schema().fields())
                .extracting(field -> field.schema().type())
                .doesNotContain(Schema.Type.STRUCT, Schema.Type.MAP, Schema.Type.ARRAY);
    }

    @Test
    void mapsAndListsAreJson() {
        assertThat(((Struct) transformed(KEY, row()).value()).get("energy_by_method"))
                .isEqualTo("{\"ram-model\":100,\"rapl\":1000}");

        var day = day();
        day.setIntensities(List.of(new IntensityUse(
                "FR", IntensityRung.WORLD, "FR", "\"France\"", 2024, "lifecycle", "Ember", null, 5L, 6L)));
        assertThat(((Struct) transformed("2026-03-01/a/b/FR", day).value()).get("intensities"))
                .isEqualTo("[{\"zone\":\"FR\",\"rung\":\"WORLD\",\"intensity_zone\":\"FR\",\"intensity_zone_name\":"
                        + "\"\\\"France\\\"\",\"intensity_year\":2024,\"intensity_method\":\"lifecycle\","
                        + "\"intensity_source\":\"Ember\",\"intensity_micrograms_per_kwh\":null,"
                        + "\"energy_millijoules\":5,\"emissions_micrograms\":6}]");
    }

    @Test
    void theKeyKeepsWhatTheCollectorToldBesideWhatTheRowIsAccountedWith() {
        var record = transformed(KEY, row());

        assertThat(values(record.key()))
                .isEqualTo(Map.of(
                        "run", "train",
                        "host", "vm-1",
                        "slot_start", Date.from(SLOT),
                        "told_zone", "DE",
                        "told_pue_thousandths", 1200));
        assertThat(values(record.value()))
                .containsEntry("zone", "FR")
                .containsEntry("pue_thousandths", 1300)
                .containsEntry("told_zone", "DE")
                .containsEntry("told_pue_thousandths", 1200);
    }

    @Test
    void aRevisionIsTheRowWithItsCauseAndEachIsARowOfItsOwn() {
        var record = transformed(
                KEY,
                EmissionRevision.newBuilder()
                        .setRow(row())
                        .setCause(RevisionCause.CORRECTION)
                        .setReplacesRevision(2)
                        .setWho("ana")
                        .build());

        assertThat(values(record.key())).containsEntry("revision", 3).hasSize(6);
        assertThat(((Struct) record.key()).schema().field("revision").schema().isOptional())
                .isFalse();
        assertThat(values(record.value()))
                .containsEntry("energy_millijoules", 1_100L)
                .containsEntry("cause", "CORRECTION")
                .containsEntry("who", "ana");
    }

    @Test
    void aKeyOfTextBecomesTheColumnsItIsMadeOf() {
        assertThat(values(transformed("2026-03-01/a/b/FR", day()).key()))
                .isEqualTo(Map.of("day", "2026-03-01", "project", "a/b", "zone", "FR"));
    }

    @Test
    void whatMayBeAbsentIsOptionalAndHasNoDefault() {
        var schema = transformed(KEY, row()).valueSchema();

        assertThat(schema.field("energy_millijoules").schema().isOptional()).isFalse();
        // Nullable; of a record that is; with a default, so that a table may get the column later.
        assertThat(List.of("intensity_version", "market_basis", "measured_millis"))
                .allSatisfy(column -> assertThat(schema.field(column).schema().isOptional())
                        .as(column)
                        .isTrue());
        assertThat(schema.fields())
                .extracting(field -> field.schema().defaultValue())
                .containsOnlyNulls();

        var none = EmissionRow.newBuilder(row()).setFootprint(null).build();
        assertThat(((Struct) transformed(KEY, none).value()).get("market_basis"))
                .isNull();
    }

    @Test
    void timestampsStayTimestamps() {
        assertThat(transformed(KEY, row())
                        .valueSchema()
                        .field("slot_start")
                        .schema()
                        .name())
                .isEqualTo(Timestamp.LOGICAL_NAME);
    }

    @Test
    void aDeletionKeepsItsKey() {
        var key = RecordStruct.of(KEY);
        var record = transformation.apply(record(key, SchemaAndValue.NULL));

        assertThat(record.value()).isNull();
        assertThat(values(record.key())).containsEntry("told_zone", "DE").hasSize(5);
    }

    @Test
    void otherRecordsAndHeadersGoThroughByTheSameRules() {
        var schema = SchemaBuilder.struct().field("aThing", Schema.INT32_SCHEMA).build();
        var value = new SchemaAndValue(schema, new Struct(schema).put("aThing", 1));
        var record = record(value, value);
        record.headers().addString("a", "b");

        var transformed = transformation.apply(record);

        assertThat(values(transformed.key())).isEqualTo(Map.of("a_thing", 1));
        assertThat(transformed.headers().lastWithName("a").value()).isEqualTo("b");
    }

    @Test
    void whatCannotBeARowSaysWhatToDo() {
        assertThatThrownBy(() -> transformed("text", row()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("EmissionRow")
                .hasMessageContaining("key.converter");
        assertThatThrownBy(() -> transformation.apply(
                        record(new SchemaAndValue(Schema.STRING_SCHEMA, "text"), SchemaAndValue.NULL)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("which row to delete");
        assertThatThrownBy(() -> transformation.apply(
                        record(RecordStruct.of(KEY), new SchemaAndValue(null, Map.of("run", "train")))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("value.converter");
        var twice = SchemaBuilder.struct()
                .name("Twice")
                .field("aThing", Schema.INT32_SCHEMA)
                .field("a_thing", Schema.INT32_SCHEMA)
                .build();
        var value = new SchemaAndValue(twice, new Struct(twice).put("aThing", 1).put("a_thing", 2));
        assertThatThrownBy(() -> transformation.apply(record(value, value)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two fields")
                .hasMessageContaining("a_thing");
    }

    private SinkRecord transformed(Object key, SpecificRecord value) {
        var keyAndSchema = key instanceof SpecificRecord record
                ? RecordStruct.of(record)
                : new SchemaAndValue(Schema.STRING_SCHEMA, key);
        return transformation.apply(record(keyAndSchema, RecordStruct.of(value)));
    }

    private static SinkRecord record(SchemaAndValue key, SchemaAndValue value) {
        return new SinkRecord(
                "topic", 0, key.schema(), key.value(), value.schema(), value.value(), 7, 0L, TimestampType.CREATE_TIME);
    }

    private static Map<String, Object> values(Object struct) {
        var row = (Struct) struct;
        return row.schema().fields().stream()
                .filter(field -> row.get(field) != null)
                .collect(Collectors.toMap(Field::name, row::get));
    }

    private static EmissionRow row() {
        return EmissionRow.newBuilder()
                .setRun("train")
                .setHost("vm-1")
                .setSlotStart(SLOT)
                .setSlotLengthMillis(900_000)
                .setZone("FR")
                .setPueThousandths(1300)
                .setProject("search")
                .setEnergyMillijoules(1_100)
                .setCpuEnergyMillijoules(1_000)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(100)
                .setOtherEnergyMillijoules(0)
                .setEnergyByMethod(Map.of("rapl", 1_000L, "ram-model", 100L))
                .setBandMillijoules(10)
                .setCpuTimeNanos(1)
                .setFacilityEnergyMillijoules(1_430)
                .setIntensityMicrogramsPerKwh(44_000_000)
                .setRung(IntensityRung.ANNUAL_ZONE)
                .setIntensityZone("FR")
                .setIntensityZoneName("France")
                .setIntensityYear(2024)
                .setIntensityMethod("lifecycle")
                .setIntensitySource("Ember")
                .setEmissionsMicrograms(17)
                .setCpuEmissionsMicrograms(16)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(1)
                .setOtherEmissionsMicrograms(0)
                .setFootprint(Footprint.newBuilder()
                        .setMarketBasis("CONTRACT")
                        .setMarketEmissionsMicrograms(90L)
                        .build())
                .setRevision(3)
                .setKnownAt(SLOT)
                .build();
    }

    private static DailyEmissions day() {
        return DailyEmissions.newBuilder()
                .setDay("2026-03-01")
                .setProject("a/b")
                .setZone("FR")
                .setEnergyMillijoules(5)
                .setFacilityEnergyMillijoules(5)
                .setCpuEnergyMillijoules(5)
                .setGpuEnergyMillijoules(0)
                .setRamEnergyMillijoules(0)
                .setOtherEnergyMillijoules(0)
                .setBandMillijoules(0)
                .setCpuTimeNanos(0)
                .setEmissionsMicrograms(6)
                .setCpuEmissionsMicrograms(6)
                .setGpuEmissionsMicrograms(0)
                .setRamEmissionsMicrograms(0)
                .setOtherEmissionsMicrograms(0)
                .setKnownAt(SLOT)
                .build();
    }
}
