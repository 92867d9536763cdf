package io.wattledger.collector;

import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What a collector has written to its spool so far. */
record SpooledRecords(Path dataDir) {

    /** All of a kind, in order, from a copy of the spool, since a collector may be writing to it. */
    <T extends SpecificRecord> List<T> of(Class<T> type) throws IOException {
        var copy = Files.createTempDirectory(dataDir, "copy");
        try (var files = Files.list(dataDir.resolve("collector/spool"))) {
            for (var file : files.toList()) {
                if (!file.toString().endsWith(".new")) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        var codec = new RecordCodec(copy);
        try (var spool = Spool.open(copy, 64 << 20, Spool.FOREVER)) {
            var records = new ArrayList<T>();
            for (var entry : spool.next(Integer.MAX_VALUE).entries()) {
                var record = codec.decode(entry);
                if (type.isInstance(record)) {
                    records.add(type.cast(record));
                }
            }
            return records;
        }
    }
}
