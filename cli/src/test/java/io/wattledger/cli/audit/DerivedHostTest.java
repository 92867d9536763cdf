package io.wattledger.cli.audit;

import static io.wattledger.cli.audit.Records.SLOT;
import static io.wattledger.cli.audit.Records.SLOT_LENGTH;
import static io.wattledger.cli.audit.Records.cpu;
import static io.wattledger.cli.audit.Records.key;
import static io.wattledger.cli.audit.Records.sample;
import static io.wattledger.cli.audit.Records.samples;
import static io.wattledger.cli.audit.Records.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedHostTest {
    private final DerivedHost host = new DerivedHost("web-1", SlotLength.DEFAULT, null);

    private DerivedHost derived(PowerSamples... records) {
        for (var record : records) {
            record.getSamples().forEach(sample -> host.add(record, sample));
        }
        host.finish();
        return host;
    }

    private EnergyRow row(RowKey key) {
        assertThat(host.rows()).containsKey(key);
        return host.rows().get(key).row(key, key.zone(), key.pueThousandths());
    }

    @Test
    void dividesASampleOverSlotsByTimeAndOverRunsByUse() {
        var across = sample(1, SLOT.plusMillis(SLOT_LENGTH).minusSeconds(4), 1000, usage("a", 30), usage("b", 10));
        derived(samples("s", across));
        assertThat(row(key("a", SLOT)).getEnergyMillijoules()).isEqualTo(300);
        assertThat(row(key("b", SLOT)).getEnergyMillijoules()).isEqualTo(100);
        var next = SLOT.plusMillis(SLOT_LENGTH);
        assertThat(row(key("a", next)).getEnergyMillijoules()).isEqualTo(450);
        assertThat(row(key("b", next))).satisfies(row -> {
            assertThat(row.getEnergyMillijoules()).isEqualTo(150);
            assertThat(row.getCpuTimeNanos()).isEqualTo(6);
            assertThat(row.getMeasuredMillis()).isEqualTo(6000);
            assertThat(row.getEnergyByMethod()).isEqualTo(Map.of("RAPL_POWERCAP", 150L));
        });
    }

    @Test
    void doublingASampleChangesNothing() {
        derived(samples("s", sample(1, 700, usage("a", 1))), samples("s", sample(1, 700, usage("a", 1))));
        assertThat(row(key("a", SLOT)).getEnergyMillijoules()).isEqualTo(700);
        assertThat(host.doubled()).isEqualTo(1);
        assertThat(host.sampledByHour().values()).containsExactly(700L);
    }

    @Test
    void countsNestedDevicesOnce() {
        var readings = List.of(
                new Reading("host", null, DeviceKind.HOST, 1000L, 0L, "METER", null),
                new Reading("package-0", "host", DeviceKind.CPU, 600L, 0L, "RAPL_POWERCAP", null));
        derived(samples("s", sample(1, SLOT, readings, usage("a", 1))));
        assertThat(row(key("a", SLOT))).satisfies(row -> {
            assertThat(row.getEnergyMillijoules()).isEqualTo(1000);
            assertThat(row.getCpuEnergyMillijoules()).isEqualTo(600);
            assertThat(row.getOtherEnergyMillijoules()).isEqualTo(400);
        });
    }

    @Test
    void withoutARunTheMachineIsIdle() {
        derived(samples("s", sample(1, 700)));
        assertThat(host.rows()).containsOnlyKeys(key("_idle", SLOT));
        assertThat(row(key("_idle", SLOT)).getProject()).isEqualTo("_host");
    }

    @Test
    void otherProcessesGetTheirShareWhereThePolicySaysSo() {
        var record = samples("s", sample(1, 1000, usage("a", 1_000_000_000)));
        record.setPolicy(AttributionPolicy.PROCESS);
        record.setIdleMilliwatts(Map.of("package-0", 20L));
        derived(record);
        assertThat(row(key("_idle", SLOT)).getEnergyMillijoules()).isEqualTo(200);
        assertThat(row(key("a", SLOT)).getEnergyMillijoules()).isEqualTo(160);
        assertThat(row(key("_other", SLOT)).getEnergyMillijoules()).isEqualTo(640);
    }

    @Test
    void booksWhatCountersProveForAHole() {
        derived(
                samples("s", sample(1, SLOT, List.of(cpu(1000, 1_000_000, 0)))),
                samples("s", sample(4, SLOT.plusSeconds(30), List.of(cpu(1000, 4_500_000, 0)))));
        assertThat(row(key("_missing", SLOT))).satisfies(row -> {
            assertThat(row.getEnergyMillijoules()).isEqualTo(2500);
            assertThat(row.getMeasuredMillis()).isEqualTo(20_000);
        });
    }

    @Test
    void booksOnlyTheTimeOfAHoleAcrossBoots() {
        var after = samples("t", sample(1, SLOT.plusSeconds(30), List.of(cpu(1000, 4_500_000, 0))));
        after.setBootId("another");
        derived(samples("s", sample(1, SLOT, List.of(cpu(1000, 1_000_000, 0)))), after);
        assertThat(row(key("_missing", SLOT)).getEnergyMillijoules()).isZero();
        assertThat(row(key("_missing", SLOT)).getMeasuredMillis()).isEqualTo(20_000);
    }

    @Test
    void provesNothingByACounterThatMayHaveComeRound() {
        derived(
                samples("s", sample(1, SLOT, List.of(cpu(1000, 1_000_000, 5_000_000)))),
                samples("s", sample(4, SLOT.plusSeconds(30), List.of(cpu(1000, 4_500_000, 5_000_000)))));
        assertThat(row(key("_missing", SLOT)).getEnergyMillijoules()).isZero();
    }

    @Test
    void listsADayOfALongHoleAtMost() {
        derived(samples("s", sample(1, SLOT, 5)), samples("s", sample(2, SLOT.plusSeconds(3 * 86_400), 5)));
        long listed = host.rows().keySet().stream()
                .filter(key -> key.run().equals("_missing"))
                .mapToLong(key -> row(key).getMeasuredMillis())
                .sum();
        assertThat(listed).isEqualTo(86_400_000);
    }

    @Test
    void replaysHaveSlotsOfTheirOwn() {
        var record = samples("s", sample(1, SLOT.plusSeconds(295), 1000, usage("a", 1)));
        record.setSlotLengthMillis(300_000);
        derived(record);
        assertThat(host.rows()).containsOnlyKeys(key("a", SLOT), key("a", SLOT.plusSeconds(300)));
    }
}
