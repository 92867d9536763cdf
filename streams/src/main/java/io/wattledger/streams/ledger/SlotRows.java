package io.wattledger.streams.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The open rows of a host in one slot, at one zone and PUE as the collector told them. */
final class SlotRows {
    private final long startMillis;
    private final long lengthMillis;
    private final String zone;
    private final int pueThousandths;
    private final Instant start;
    private final Map<String, RowTally> byRun = new LinkedHashMap<>();
    private long sampledMillijoules;

    SlotRows(long startMillis, long lengthMillis, String zone, int pueThousandths) {
        this.startMillis = startMillis;
        this.lengthMillis = lengthMillis;
        this.zone = zone;
        this.pueThousandths = pueThousandths;
        this.start = Instant.ofEpochMilli(startMillis);
    }

    boolean is(long slotStart, String ofZone, int ofPueThousandths) {
        return startMillis == slotStart && pueThousandths == ofPueThousandths && zone.equals(ofZone);
    }

    Instant start() {
        return start;
    }

    long startMillis() {
        return startMillis;
    }

    long lengthMillis() {
        return lengthMillis;
    }

    String zone() {
        return zone;
    }

    int pueThousandths() {
        return pueThousandths;
    }

    Collection<RowTally> rows() {
        return byRun.values();
    }

    /** The row of a run; {@code absent} makes it when it is not open. */
    RowTally row(String run, Function<String, RowTally> absent) {
        var row = byRun.get(run);
        if (row == null) {
            row = absent.apply(run);
            byRun.put(run, row);
        }
        return row;
    }

    void put(RowTally row) {
        byRun.put(row.run, row);
    }

    /** Notes what samples told of this slot, before it is divided. */
    void addSampled(long millijoules) {
        sampledMillijoules = Math.addExact(sampledMillijoules, millijoules);
    }

    long sampledMillijoules() {
        return sampledMillijoules;
    }

    long takeSampled() {
        long sampled = sampledMillijoules;
        sampledMillijoules = 0;
        return sampled;
    }
}
