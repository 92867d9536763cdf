package io.wattledger.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.state.DailyTotal;
import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.OpenRow;
import io.wattledger.schemas.state.RunTotal;
import io.wattledger.testkit.Golden;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateFormatsTest {
    /** Two formats of one record, where the first lacks a field that the second has with a default. */
    private static final StateFormats GROWN = new StateFormats((byte) 2, "grown");

    private static final LedgerKey KEY = new LedgerKey("run", "host", Instant.EPOCH, "FR", 1200);

    static List<Schema> kept() {
        return List.of(
                HostState.SCHEMA$,
                OpenRow.SCHEMA$,
                EmissionRow.SCHEMA$,
                EmissionRevision.SCHEMA$,
                GridIntensity.SCHEMA$,
                GridDefault.SCHEMA$,
                GridDefaultKey.SCHEMA$,
                HostHour.SCHEMA$,
                RunTotal.SCHEMA$,
                RunEmissions.SCHEMA$,
                DailyTotal.SCHEMA$);
    }

    /** When this fails, a schema has changed: raise the format, and keep the folder of the one before as it is. */
    @ParameterizedTest
    @MethodSource("kept")
    void theFormatIsRaisedWhenASchemaChanges(Schema schema) {
        var path = StateFormats.RELEASED.path(StateFormats.RELEASED.current(), schema);
        Golden.check("streams/src/main/resources/io/wattledger/streams/state/" + path, schema.toString(true) + "\n");
    }

    @Test
    void readsWhatAnEarlierFormatHasWritten() {
        var earlier = new StateSerde<LedgerKey>(LedgerKey.SCHEMA$, new StateFormats((byte) 1, "grown"));
        var today = new StateSerde<LedgerKey>(LedgerKey.SCHEMA$, GROWN);
        var written = earlier.serialize("topic", KEY);
        assertThat(written[0]).isEqualTo((byte) 1);
        assertThat(today.deserialize("topic", written)).isEqualTo(KEY);
        assertThat(today.serialize("topic", KEY)[0]).isEqualTo((byte) 2);
    }

    @Test
    void fieldsThatAnEarlierFormatDoesNotHaveGetTheirDefault() {
        var schema = GROWN.written((byte) 1, HostHour.SCHEMA$);
        assertThat(schema.getField("differenceMillijoules")).isNull();
        var hour = new GenericRecordBuilder(schema)
                .set("host", "host")
                .set("hour", 0L)
                .set("runsMillijoules", 1L)
                .set("idleMillijoules", 2L)
                .set("otherMillijoules", 3L)
                .set("missingMillijoules", 4L)
                .set("meteredMillijoules", 10L)
                .set("missingMillis", 5L)
                .set("emissionsMicrograms", 6L)
                .set("knownAt", 7L)
                .build();
        var today = new StateSerde<HostHour>(HostHour.SCHEMA$, GROWN);
        var read = today.deserialize("topic", WrittenState.of((byte) 1, hour));
        assertThat(read.getMeteredMillijoules()).isEqualTo(10);
        assertThat(read.getKnownAt()).isEqualTo(Instant.ofEpochMilli(7));
        assertThat(read.getDifferenceMillijoules()).isZero();
        assertThat(read.getSampledMillijoules()).isZero();
    }

    @Test
    void refusesAFormatItDoesNotKnow() {
        var today = new StateSerde<HostHour>(HostHour.SCHEMA$);
        assertThatThrownBy(() -> today.deserialize("topic", new byte[] {99, 0}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("formats up to " + StateFormats.RELEASED.current());
    }
}
