package io.wattledger.streams.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.division.SlotLength;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class InstallationTest {
    private static final SlotLength FIVE_MINUTES = new SlotLength(300_000);

    @Test
    void keepsTheSlotLengthItBeganWith() {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LedgerStores.INSTALLATION), Serdes.String(), Serdes.Long())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        var installation = new Installation(store);
        assertThatCode(() -> installation.check(FIVE_MINUTES)).doesNotThrowAnyException();
        installation.fix(SlotLength.DEFAULT);
        installation.fix(FIVE_MINUTES);
        assertThatCode(() -> installation.check(SlotLength.DEFAULT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> installation.check(FIVE_MINUTES))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("slots of 15 minutes")
                .hasMessageContaining("application.id");
    }
}
