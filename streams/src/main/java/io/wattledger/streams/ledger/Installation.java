package io.wattledger.streams.ledger;

import io.wattledger.accounting.division.SlotLength;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What was fixed at installation, as the rows in the state depend on it. The number of partitions is fixed by Kafka
 * Streams itself, which refuses to start when topics and changelogs do not have the same.
 */
final class Installation {
    private static final String SLOT_LENGTH = "slot.length.ms";

    private final KeyValueStore<String, Long> store;

    Installation(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    /**
     * Compares the settings with what was fixed.
     *
     * @throws ConfigException when another slot length is configured
     */
    void check(SlotLength slots) {
        var fixed = store.get(SLOT_LENGTH);
        if (fixed != null && fixed != slots.millis()) {
            throw new ConfigException(
                    SLOT_LENGTH,
                    slots.millis(),
                    "This ledger was installed with slots of "
                            + Duration.ofMillis(fixed).toMinutes()
                            + " minutes; set it back, or begin a new ledger under another application.id");
        }
    }

    /** Fixes the settings, with the first record. */
    void fix(SlotLength slots) {
        if (store.get(SLOT_LENGTH) == null) {
            store.put(SLOT_LENGTH, slots.millis());
        }
    }
}
