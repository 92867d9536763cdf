package io.wattledger.sinks.csv;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.SinkType;
import io.wattledger.sinks.task.Target;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The sink that writes files of comma-separated values. */
final class CsvSink implements SinkType {
    private final Disk disk;
    private final InstantSource clock;

    CsvSink(Disk disk, InstantSource clock) {
        this.disk = disk;
        this.clock = clock;
    }

    CsvSink() {
        this(new LocalDisk(), InstantSource.system());
    }

    @Override
    public String title() {
        return "the CSV sink";
    }

    @Override
    public ConfigDef definition() {
        return CsvSettings.definition();
    }

    @Override
    public Set<Class<? extends SpecificRecord>> accepts() {
        return Stream.of(CsvContent.values())
                .flatMap(content -> content.records().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Set<Class<? extends SpecificRecord>> accepts(AbstractConfig settings) {
        return CsvSettings.of(settings).content().records();
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        CsvSettings.check(settings, problems);
    }

    /** One file has one writer. */
    @Override
    public int tasks(AbstractConfig settings, int most) {
        return CsvSettings.of(settings).isPerPartition() ? most : 1;
    }

    @Override
    public Target start(AbstractConfig settings, SinkTools tools) {
        return new CsvTarget(CsvSettings.of(settings), tools, disk, clock);
    }
}
