package io.wattledger.collector.spool;

import io.wattledger.collector.spool.SpoolEntry.Kind;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.serde.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as entries of a spool. Keeps the text of every schema written in the spool's folder, by fingerprint, and reads
 * entries of older schemas by Avro's rules of resolution. Thread-safe.
 */
public final class RecordCodec {
    private static final Map<Kind, Schema> CURRENT = Map.of(
            Kind.POWER_SAMPLES, PowerSamples.getClassSchema(),
            Kind.RUN_EVENT, RunEvent.getClassSchema(),
            Kind.HOST_PROFILE, HostProfile.getClassSchema());

    private final Path folder;
    private final Map<Long, Schema> written = new HashMap<>();
    private final Map<Kind, Long> fingerprints = new EnumMap<>(Kind.class);

    /** @param folder of the spool */
    public RecordCodec(Path folder) throws IOException {
        TrustedRecords.trust();
        this.folder = folder;
        for (var current : CURRENT.entrySet()) {
            var schema = current.getValue();
            long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
            fingerprints.put(current.getKey(), fingerprint);
            keep(schema, fingerprint);
        }
    }

    public SpoolEntry encode(Kind kind, SpecificRecord record) {
        var schema = record.getSchema();
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(schema, SpecificData.getForSchema(schema)).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AvroRuntimeException("Cannot write a record to memory", e);
        }
        return new SpoolEntry(
                kind, Objects.requireNonNull(fingerprints.get(kind), "a kind of records"), bytes.toByteArray());
    }

    /** @throws IOException when the entry cannot be read as today's record */
    public SpecificRecord decode(SpoolEntry entry) throws IOException {
        var current = CURRENT.get(entry.kind());
        if (current == null) {
            throw new IOException("An entry of kind " + entry.kind() + " holds no record");
        }
        var reader = new SpecificDatumReader<SpecificRecord>(
                writer(entry.fingerprint()), current, SpecificData.getForSchema(current));
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(entry.payload(), null));
        } catch (AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new IOException("Cannot read an entry of kind " + entry.kind() + ": " + e.getMessage(), e);
        }
    }

    private synchronized Schema writer(long fingerprint) throws IOException {
        var known = written.get(fingerprint);
        if (known != null) {
            return known;
        }
        try {
            var schema = new Schema.Parser().parse(Files.readString(file(fingerprint)));
            written.put(fingerprint, schema);
            return schema;
        } catch (NoSuchFileException | AvroRuntimeException e) {
            throw new IOException("The schema of an entry is missing or damaged: " + file(fingerprint), e);
        }
    }

    private synchronized void keep(Schema schema, long fingerprint) throws IOException {
        written.put(fingerprint, schema);
        var file = file(fingerprint);
        if (!Files.exists(file)) {
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, schema.toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path file(long fingerprint) {
        return folder.resolve(Long.toHexString(fingerprint) + ".avsc");
    }
}
