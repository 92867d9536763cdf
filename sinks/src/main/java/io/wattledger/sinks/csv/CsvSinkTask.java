package io.wattledger.sinks.csv;

import io.wattledger.schemas.connect.BuildVersion;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.RunEmissions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** Gives the records of the topic to the {@link RunFile}. What {@link #put} has accepted is on the disk. */
public final class CsvSinkTask extends SinkTask {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private @Nullable RunFile file;

    @Override
    public void start(Map<String, String> props) {
        var path = CsvSinkConfig.of(props).file();
        try {
            file = new RunFile(path);
        } catch (IOException e) {
            throw new ConnectException("Cannot use " + path + " as the file of runs: " + e.getMessage(), e);
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        var runs = new ArrayList<RunEmissions>();
        for (var record : records) {
            if (record.value() != null) {
                read(record, runs);
            }
        }
        try {
            if (file != null) {
                file.append(runs);
            }
        } catch (OtherColumnsException e) {
            throw new ConnectException(e.getMessage(), e);
        } catch (IOException e) {
            context.timeout(RETRY_AFTER.toMillis());
            throw new RetriableException(e.getMessage() + "; trying again in " + RETRY_AFTER.toSeconds() + " s", e);
        }
    }

    private void read(SinkRecord record, Collection<RunEmissions> runs) {
        try {
            if (!(record.value() instanceof Struct struct)) {
                throw new DataException("The value is not a Struct, check the connector's value.converter");
            }
            runs.add(RecordStruct.toRecord(struct, RunEmissions.class));
        } catch (DataException e) {
            var place = record.topic() + "-" + record.kafkaPartition() + " at offset " + record.kafkaOffset();
            var problem = new DataException("Cannot read the run in " + place + ": " + e.getMessage(), e);
            var reporter = context.errantRecordReporter();
            if (reporter == null) {
                throw problem;
            }
            reporter.report(record, problem);
        }
    }

    @Override
    public void stop() {
        file = null;
    }

    @Override
    public String version() {
        return BuildVersion.text();
    }
}
