package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.streams.metrics.LedgerMetrics;
import io.wattledger.streams.state.WriteBehindStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The balance of each host in each hour. What was sampled is added up before it is divided, and what is in the rows after
 * that, so that the difference shows whether the balance closes.
 */
public final class HostHours {
    private final WriteBehindStore<String, HostHour> store;
    private final Set<String> unpublished = new LinkedHashSet<>();
    /** Of the hours published since the start those whose balance is open, with its amount in millijoules. */
    private final Map<String, Long> differences = new HashMap<>();

    private final ProcessorContext<Object, Object> context;
    private final Sensor openBalance;
    /** The hour that was last written in a key; it is nearly always the same. */
    private Instant lastHour = Instant.EPOCH;

    private String lastHourText = lastHour.toString();

    HostHours(WriteBehindStore<String, HostHour> store, ProcessorContext<Object, Object> context) {
        this.store = store;
        this.context = context;
        this.openBalance = LedgerMetrics.gauge(
                context,
                "balance-difference-millijoules",
                "Sum of the amounts by which the balances of hours written since the start are open; 0 when all close.");
    }

    /** The hour of a row that was written is to be published with it. */
    void publishSoon(EmissionRow row) {
        if (!Replay.is(row.getHost())) {
            unpublished.add(key(row.getHost(), hour(row)));
        }
    }

    /** Publishes hours whose rows were written, and says in the metric whether their balances are closed. */
    void publish() {
        for (var key : unpublished) {
            var hour = store.get(key);
            if (hour != null) {
                context.forward(new Record<>(key, hour, context.currentSystemTimeMs()), LedgerOutputs.HOST_HOURS);
                note(key, Math.abs(hour.getDifferenceMillijoules()));
            }
        }
        if (!unpublished.isEmpty()) {
            openBalance.record(
                    differences.values().stream().mapToLong(Long::longValue).sum());
            unpublished.clear();
        }
    }

    private void note(String key, long difference) {
        if (difference == 0) {
            differences.remove(key);
        } else {
            differences.put(key, difference);
        }
    }

    /** Adds what samples have told of an hour. */
    void sampled(String host, Instant hour, long millijoules, Instant now) {
        var balance = of(host, hour);
        balance.setSampledMillijoules(Math.addExact(balance.getSampledMillijoules(), millijoules));
        close(balance, now);
    }

    /** Adds the change of a row. */
    void change(EmissionRow row, @Nullable EmissionRow before, @Nullable EmissionRow after) {
        long energy = RowDeltas.change(before, after, EmissionRow::getEnergyMillijoules);
        var balance = of(row.getHost(), hour(row));
        switch (row.getRun()) {
            case PseudoRun.IDLE -> balance.setIdleMillijoules(Math.addExact(balance.getIdleMillijoules(), energy));
            case PseudoRun.OTHER -> balance.setOtherMillijoules(Math.addExact(balance.getOtherMillijoules(), energy));
            case PseudoRun.MISSING -> {
                balance.setMissingMillijoules(Math.addExact(balance.getMissingMillijoules(), energy));
                balance.setMissingMillis(Math.addExact(
                        balance.getMissingMillis(), RowDeltas.change(before, after, EmissionRow::getMeasuredMillis)));
            }
            default -> balance.setRunsMillijoules(Math.addExact(balance.getRunsMillijoules(), energy));
        }
        balance.setEmissionsMicrograms(Math.addExact(
                balance.getEmissionsMicrograms(),
                RowDeltas.change(before, after, EmissionRow::getEmissionsMicrograms)));
        close(balance, row.getKnownAt());
    }

    private void close(HostHour balance, Instant now) {
        long metered = Math.addExact(balance.getSampledMillijoules(), balance.getMissingMillijoules());
        balance.setMeteredMillijoules(metered);
        balance.setDifferenceMillijoules(metered
                - balance.getRunsMillijoules()
                - balance.getIdleMillijoules()
                - balance.getOtherMillijoules()
                - balance.getMissingMillijoules());
        if (now.isAfter(balance.getKnownAt())) {
            balance.setKnownAt(now);
        }
        store.put(key(balance.getHost(), balance.getHour()), balance);
    }

    private HostHour of(String host, Instant hour) {
        var known = store.get(key(host, hour));
        if (known != null) {
            return known;
        }
        var balance = new HostHour();
        balance.setHost(host);
        balance.setHour(hour);
        balance.setKnownAt(Instant.EPOCH);
        return balance;
    }

    /** Forgets a day of hours of a host, all whose rows have been sealed. */
    void forgetDayBefore(String host, Instant moment) {
        var hour = moment.truncatedTo(ChronoUnit.HOURS);
        for (int back = 1; back <= 24; back++) {
            var key = key(host, hour.minus(Duration.ofHours(back)));
            if (store.get(key) != null) {
                store.delete(key);
            }
        }
    }

    /** The host of a key of the topic host-hours. */
    public static String host(String key) {
        return key.substring(0, key.lastIndexOf('/'));
    }

    private static Instant hour(EmissionRow row) {
        return row.getSlotStart().truncatedTo(ChronoUnit.HOURS);
    }

    private String key(String host, Instant hour) {
        if (!hour.equals(lastHour)) {
            lastHour = hour;
            lastHourText = hour.toString();
        }
        return host + "/" + lastHourText;
    }
}
