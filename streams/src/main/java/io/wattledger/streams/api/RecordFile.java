package io.wattledger.streams.api;

import io.wattledger.schemas.serde.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Records as an Avro file: exact, compact, and readable by other versions, as the schema is inside. */
public final class RecordFile {
    static {
        TrustedRecords.trust();
    }

    private RecordFile() {}

    static <T extends SpecificRecord> byte[] write(List<T> records, Schema schema) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<T>(new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)))) {
            writer.create(schema, bytes);
            for (var record : records) {
                writer.append(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The records of a file.
     *
     * @param schema of the records as they are wanted
     * @throws IOException when it is not such a file
     */
    public static <T extends SpecificRecord> List<T> read(byte[] file, Schema schema) throws IOException {
        var datums = new SpecificDatumReader<T>(schema, schema, SpecificData.getForSchema(schema));
        try (var reader = new DataFileReader<>(new SeekableByteArrayInput(file), datums)) {
            var records = new ArrayList<T>();
            reader.forEach(records::add);
            return records;
        }
    }
}
