package io.wattledger.sinks.prometheus;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.sinks.http.HttpSettings;
import io.wattledger.sinks.task.RetrySettings;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.SinkType;
import io.wattledger.sinks.task.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.errors.ConnectException;

/** The sink that is scraped. It has one task, whatever {@code tasks.max} says, because it is one address. */
final class ScrapeType implements SinkType {
    static final String HOST = "prometheus.scrape.host";
    static final String PORT = "prometheus.scrape.port";

    private final HttpSettings query = new HttpSettings("prometheus.query.");

    @Override
    public String title() {
        return "the Prometheus sink, scrape";
    }

    @Override
    public ConfigDef definition() {
        var own = new ConfigDef()
                .define(
                        HOST,
                        Type.STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Name or address of the interface that `/metrics` is served on; `0.0.0.0` for all. It asks for"
                                + " no credentials and shows names of runs, projects and hosts.")
                .define(
                        PORT,
                        Type.INT,
                        9464,
                        ConfigDef.Range.between(1, 65_535),
                        Importance.HIGH,
                        "Port that `/metrics` is served on.");
        return query.define(SeriesSettings.define(RetrySettings.define(own)), "");
    }

    @Override
    public Set<Class<? extends SpecificRecord>> accepts() {
        return RemoteWriteType.RECORDS;
    }

    @Override
    public Set<String> openNames() {
        return Set.of(query.header());
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        query.check(settings, problems);
    }

    @Override
    public int tasks(AbstractConfig settings, int most) {
        return 1;
    }

    @Override
    public Target start(AbstractConfig settings, SinkTools tools) {
        var scrape = new Scrape(
                SeriesSettings.board(settings, Duration.ZERO), counters(settings), tools, InstantSource.system());
        var address = new InetSocketAddress(settings.getString(HOST), settings.getInt(PORT));
        try {
            scrape.listen(address);
        } catch (IOException e) {
            throw new ConnectException(
                    "Cannot listen on " + settings.getString(HOST) + ":" + settings.getInt(PORT) + " (" + e.getMessage()
                            + "): choose another " + HOST + " or " + PORT,
                    e);
        }
        return scrape;
    }

    private Optional<ShownCounters> counters(AbstractConfig settings) {
        return settings.getString(query.url()).isBlank()
                ? Optional.empty()
                : Optional.of(new ShownCounters(query.sender(settings), query.address(settings)));
    }
}
