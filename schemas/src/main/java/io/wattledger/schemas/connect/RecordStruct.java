package io.wattledger.schemas.connect;

import io.wattledger.schemas.serde.TrustedRecords;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Our records as Structs, for connectors. */
public final class RecordStruct {
    static {
        TrustedRecords.trust();
    }

    /** What is needed to make records of a class; finding it takes longer than making one. */
    private record Maker(AvroValues values, Schema schema) {}

    private static final ClassValue<Maker> MAKERS = new ClassValue<>() {
        @Override
        protected Maker computeValue(Class<?> type) {
            var data = SpecificData.getForClass(type);
            return new Maker(new AvroValues(data), data.getSchema(type));
        }
    };

    private RecordStruct() {}

    /** The record as a Struct with its schema, for a source connector. */
    public static SchemaAndValue of(SpecificRecord record) {
        var schema = ConnectSchemas.of(record.getSchema());
        return new SchemaAndValue(schema, ConnectValues.of(record, schema));
    }

    /** The schema that {@link #of} gives the records of this class. */
    public static org.apache.kafka.connect.data.Schema schemaOf(Class<? extends SpecificRecord> type) {
        return ConnectSchemas.of(SpecificData.get().getSchema(type));
    }

    /**
     * The record that a Struct stands for, for a sink connector. Fields are matched by name, whichever converter made the
     * Struct: timestamps may be Dates or milliseconds, enums are text, fields that are missing get their default.
     *
     * @throws DataException if a field is missing that has no default, or is of another type
     */
    public static <T extends SpecificRecord> T toRecord(Struct struct, Class<T> type) {
        var maker = MAKERS.get(type);
        return type.cast(maker.values.record(struct, maker.schema));
    }
}
