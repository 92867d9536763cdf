package io.wattledger.sinks.prometheus;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.http.HttpSettings;
import io.wattledger.sinks.task.RetrySettings;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.SinkType;
import io.wattledger.sinks.task.Target;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The sink that sends by remote write. */
final class RemoteWriteType implements SinkType {
    static final String INTERVAL = "prometheus.interval.ms";
    static final String BATCH = "prometheus.batch.series";
    static final String BACKLOG = "prometheus.backlog.ms";

    static final Set<Class<? extends SpecificRecord>> RECORDS =
            Set.of(RunEmissions.class, EmissionRow.class, HostHour.class);

    private final HttpSettings http = new HttpSettings("prometheus.");

    @Override
    public String title() {
        return "the Prometheus sink, remote write";
    }

    @Override
    public ConfigDef definition() {
        var own = new ConfigDef()
                .define(
                        ShownCounters.QUERY_URL,
                        Type.STRING,
                        "",
                        HttpSettings.addressOf(true),
                        Importance.HIGH,
                        "Where Prometheus's API answers a query of what it was sent, for example"
                                + " `http://localhost:9090/api/v1/query`, with the credentials and certificates of"
                                + " `prometheus.url`. Without it, a counter may fall or begin late after a restart.")
                .define(
                        INTERVAL,
                        Type.LONG,
                        15_000L,
                        ConfigDef.Range.between(10, 120_000),
                        Importance.MEDIUM,
                        "How often all series are sent, in milliseconds; as the interval of a scrape.")
                .define(
                        BATCH,
                        Type.INT,
                        2_000,
                        ConfigDef.Range.between(1, 100_000),
                        Importance.LOW,
                        "Most series in a request; those of one run are never divided.")
                .define(
                        BACKLOG,
                        Type.LONG,
                        Duration.ofDays(1).toMillis(),
                        ConfigDef.Range.atLeast(0),
                        Importance.LOW,
                        "How old the total of a run that has ended may be to be sent for the first time, in"
                                + " milliseconds: what comes of a receiver or worker that was down for long, and of the"
                                + " topic's past at the first start.");
        return http.define(SeriesSettings.define(RetrySettings.define(own)), null);
    }

    @Override
    public Set<Class<? extends SpecificRecord>> accepts() {
        return RECORDS;
    }

    @Override
    public Set<String> openNames() {
        return Set.of(http.header());
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        http.check(settings, problems);
    }

    @Override
    public Target start(AbstractConfig settings, SinkTools tools) {
        var sender = http.sender(settings);
        return new RemoteWrite(
                SeriesSettings.board(settings, Duration.ofMillis(settings.getLong(BACKLOG))),
                sender,
                http.address(settings),
                Optional.of(settings.getString(ShownCounters.QUERY_URL).strip())
                        .filter(url -> !url.isEmpty())
                        .map(url -> new ShownCounters(sender, URI.create(url))),
                Duration.ofMillis(settings.getLong(INTERVAL)),
                settings.getInt(BATCH),
                tools,
                InstantSource.system());
    }
}
