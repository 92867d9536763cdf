package io.wattledger.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.record.ZoneSignal;
import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.OpenRow;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunTotal;
import io.wattledger.testkit.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordWriterTest {
    static {
        TrustedRecords.trust();
    }

    static Stream<Schema> schemas() {
        return Stream.of(
                DailyEmissions.SCHEMA$,
                EmissionRevision.SCHEMA$,
                GridForecast.SCHEMA$,
                GridIntensity.SCHEMA$,
                HostProfile.SCHEMA$,
                HostState.SCHEMA$,
                LedgerKey.SCHEMA$,
                OpenRow.SCHEMA$,
                PowerSamples.SCHEMA$,
                RunDelta.SCHEMA$,
                RunEmissions.SCHEMA$,
                RunHostKey.SCHEMA$,
                RunTotal.SCHEMA$,
                ZoneSignal.SCHEMA$);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void writesTheBytesThatAvroWrites(Schema schema) {
        var writer = new RecordWriter(schema);
        Cases.check(100, random -> {
            var record = RandomRecords.next(schema, random);
            assertThat(writer.write(new byte[] {7}, record)).isEqualTo(byAvro(record));
        });
    }

    private static byte[] byAvro(SpecificRecord record) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(7);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForSchema(record.getSchema()))
                    .write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void namesAFieldThatHasNoValueAndWritesTheNextRecordWhole() {
        var writer = new RecordWriter(RunHostKey.SCHEMA$);
        assertThatThrownBy(() -> writer.write(new byte[0], new RunHostKey("run", null)))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessageContaining("host")
                .hasMessageContaining("RunHostKey");
        assertThat(writer.write(new byte[0], new RunHostKey("a", "b"))).containsExactly(2, 'a', 2, 'b');
    }
}
