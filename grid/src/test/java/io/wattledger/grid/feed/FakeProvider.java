package io.wattledger.grid.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** A provider whose source answers from memory. */
final class FakeProvider implements FeedProvider {
    static final String DIRECT = "fake.direct";

    private final GridIntensitySource source;

    FakeProvider() {
        this(new FakeSource());
    }

    FakeProvider(GridIntensitySource source) {
        this.source = source;
    }

    /** These settings, with those that are needed anyway. */
    static Map<String, String> settings(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("name", "fake", FeedConfig.ZONES, "DE", "connector.class", "x"));
        all.putAll(settings);
        return all;
    }

    @Override
    public ConfigDef definition() {
        var defaults = new FeedConfig.Defaults("", Duration.ofMinutes(5), Duration.ofHours(2), 3_600, false);
        return FeedConfig.definition(defaults)
                .define(DIRECT, ConfigDef.Type.BOOLEAN, false, ConfigDef.Importance.LOW, "Direct emissions.");
    }

    @Override
    public String source(AbstractConfig settings) {
        return "Fake";
    }

    @Override
    public Signal signal(AbstractConfig settings) {
        return settings.getBoolean(DIRECT) ? Signal.AVERAGE_DIRECT : Signal.AVERAGE_LIFECYCLE;
    }

    @Override
    public GridIntensitySource open(AbstractConfig settings, FeedConfig feed, FeedTools tools) {
        return source;
    }
}
