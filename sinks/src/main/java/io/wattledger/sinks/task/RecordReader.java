package io.wattledger.sinks.task;

import io.wattledger.schemas.connect.RecordStruct;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads the ledger's records from what a converter made of them: by the name of the schema, whichever topic they are from. */
final class RecordReader {
    private final Map<String, Class<? extends SpecificRecord>> types = new TreeMap<>();
    private final SinkTools tools;

    RecordReader(Set<Class<? extends SpecificRecord>> accepted, SinkTools tools) {
        accepted.forEach(type -> types.put(SpecificData.get().getSchema(type).getFullName(), type));
        this.tools = tools;
    }

    /** The records that can be read; the others become dead letters. A deletion tells nothing and is passed over. */
    List<LedgerRecord> read(Collection<SinkRecord> records) {
        var read = new ArrayList<LedgerRecord>(records.size());
        for (var record : records) {
            if (record.value() == null) {
                tools.passOver(record);
                continue;
            }
            try {
                read.add(new LedgerRecord(record, value(record)));
            } catch (DataException e) {
                tools.deadLetter(record, "Cannot read the record: " + e.getMessage(), e);
            }
        }
        return read;
    }

    private SpecificRecord value(SinkRecord record) {
        if (!(record.value() instanceof Struct struct)) {
            throw new DataException("its value is no Struct; check the connector's value.converter, and whether it is"
                    + " set to give the schema");
        }
        var type = types.get(String.valueOf(struct.schema().name()));
        if (type == null) {
            throw new DataException("it is a " + struct.schema().name() + ", but this sink takes "
                    + String.join(", ", types.keySet()) + "; check the connector's topics");
        }
        return RecordStruct.toRecord(struct, type);
    }
}
