package io.wattledger.collector.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.collector.spool.SpoolEntry.Kind;
import io.wattledger.schemas.record.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCodecTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        var codec = new RecordCodec(folder);
        var event = event();

        assertThat(codec.decode(codec.encode(Kind.RUN_EVENT, event))).isEqualTo(event);
    }

    @Test
    void readsWhatAnOlderCollectorWrote() throws IOException {
        // As it might have been before labels, the name and the user came to be.
        var old = new Schema.Parser().parse("""
                        {"type": "record", "name": "RunEvent", "namespace": "io.wattledger.schemas.record", "fields": [
                          {"name": "run", "type": "string"}, {"name": "host", "type": "string"},
                          {"name": "project", "type": "string"}, {"name": "zone", "type": "string"},
                          {"name": "started", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                          {"name": "session", "type": "string"}, {"name": "firstSeq", "type": "long"}]}
                        """);
        long fingerprint = SchemaNormalization.parsingFingerprint64(old);
        Files.writeString(folder.resolve(Long.toHexString(fingerprint) + ".avsc"), old.toString());
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(old)
                .write(
                        new GenericRecordBuilder(old)
                                .set("run", "01J")
                                .set("host", "vm")
                                .set("project", "p")
                                .set("zone", "FR")
                                .set("started", 5L)
                                .set("session", "s")
                                .set("firstSeq", 1L)
                                .build(),
                        encoder);
        encoder.flush();

        var read = (RunEvent)
                new RecordCodec(folder).decode(new SpoolEntry(Kind.RUN_EVENT, fingerprint, bytes.toByteArray()));

        assertThat(read.getRun()).isEqualTo("01J");
        assertThat(read.getStarted()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(read.getLabels()).isEmpty();
        assertThat(read.getLastSeq()).isNull();
    }

    @Test
    void saysWhichSchemaIsMissing() throws IOException {
        var codec = new RecordCodec(folder);

        assertThatThrownBy(() -> codec.decode(new SpoolEntry(Kind.RUN_EVENT, 0xabcL, new byte[] {1})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("abc.avsc");
    }

    @Test
    void doesNotReadNonsense() throws IOException {
        var codec = new RecordCodec(folder);
        long fingerprint = codec.encode(Kind.RUN_EVENT, event()).fingerprint();

        assertThatThrownBy(() -> codec.decode(new SpoolEntry(Kind.RUN_EVENT, fingerprint, new byte[] {99, 1, 2})))
                .isInstanceOf(IOException.class);
    }

    private static RunEvent event() {
        return new RunEvent(
                "01J",
                "vm",
                "p",
                "name",
                Map.of("k", "v"),
                null,
                null,
                "FR",
                Instant.ofEpochMilli(1),
                null,
                null,
                "s",
                1L,
                null,
                "request",
                1200L);
    }
}
