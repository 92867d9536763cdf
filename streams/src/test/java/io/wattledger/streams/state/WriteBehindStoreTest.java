package io.wattledger.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBehindStoreTest {
    @TempDir
    private Path folder;

    private MockProcessorContext<Void, Void> context;
    private WriteBehindStore<String, String> store;

    @BeforeEach
    void open() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9");
        context = new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
        store = WriteBehindStore.builder("values", Serdes.String(), Serdes.String())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** As Kafka Streams does with a task whose transaction was aborted: the same store, opened once more. */
    private void closeAndOpenAgain() {
        store.close();
        store.init(context.getStateStoreContext(), store);
    }

    @Test
    void whatWasNotWrittenIsForgottenWithTheTransactionItBelongsTo() {
        store.put("host", "written");
        store.flushCache();
        store.put("host", "changed");
        store.put("other", "new");
        assertThat(store.get("host")).isEqualTo("changed");

        closeAndOpenAgain();

        assertThat(store.get("host")).isEqualTo("written");
        assertThat(store.get("other")).isNull();
    }

    @Test
    void nothingIsWrittenBeforeTheCommit() {
        store.put("host", "new");
        assertThat(store.written("host")).isNull();
        store.flushCache();
        assertThat(store.written("host")).isEqualTo("new");
    }

    @Test
    void whatIsDeletedIsGoneWhetherItWasWrittenOrNot() {
        store.put("written", "a");
        store.flushCache();
        store.put("new", "b");
        store.delete("written");
        store.delete("new");
        store.flushCache();
        assertThat(store.get("written")).isNull();
        assertThat(store.get("new")).isNull();
        try (var all = store.written()) {
            assertThat(all.hasNext()).isFalse();
        }
    }
}
