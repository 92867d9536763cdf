package io.wattledger.grid.electricitymaps;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedProvider;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.Signal;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Electricity Maps: its settings, and which signal they choose. */
final class ElectricityMapsProvider implements FeedProvider {
    static final String TOKEN = "electricitymaps.token";
    static final String VERSION = "electricitymaps.api.version";
    static final String FACTORS = "electricitymaps.emission.factor.type";
    static final String FLOW_TRACED = "electricitymaps.flow.traced";
    static final String GRANULARITY = "electricitymaps.temporal.granularity";
    static final String HISTORY = "electricitymaps.history";
    static final String SHARES = "electricitymaps.shares";
    static final String FORECAST_HOURS = "electricitymaps.forecast.hours";

    static final String V3 = "v3";
    static final String LIFECYCLE = "lifecycle";

    /** The value of the current interval changes a few times an hour at most. */
    private static final FeedConfig.Defaults DEFAULTS = new FeedConfig.Defaults(
            "https://api.electricitymaps.com", Duration.ofMinutes(10), Duration.ofHours(3), 1_000, false);

    private static final ConfigDef DEFINITION = FeedConfig.definition(DEFAULTS)
            .define(
                    TOKEN,
                    Type.PASSWORD,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.LambdaValidator.with(ElectricityMapsProvider::checkToken, () -> "not empty"),
                    Importance.HIGH,
                    "Token of your contract; ${file:…} or ${env:…} keeps it out of the settings.")
            .define(
                    VERSION,
                    Type.STRING,
                    "v4",
                    ValidString.in(V3, "v4"),
                    Importance.MEDIUM,
                    "Version of the service's interface.")
            .define(
                    FACTORS,
                    Type.STRING,
                    LIFECYCLE,
                    ValidString.in(LIFECYCLE, "direct"),
                    Importance.MEDIUM,
                    "Whether upstream emissions are counted in; lifecycle and direct are different series.")
            .define(
                    FLOW_TRACED,
                    Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether imports and exports are traced; false for what the zone itself produces, which is another"
                            + " series.")
            .define(
                    GRANULARITY,
                    Type.STRING,
                    "hourly",
                    ValidString.in("hourly", "15_minutes", "5_minutes"),
                    Importance.MEDIUM,
                    "Length of the intervals to ask for; the service may answer with longer ones.")
            .define(
                    HISTORY,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether the contract has the last 24 hours (history); false reads the current interval alone"
                            + " (latest), and nothing of the past.")
            .define(
                    SHARES,
                    Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether the renewable and the carbon-free share are read too: one more request each time with v3, two"
                            + " with v4.")
            .define(
                    FORECAST_HOURS,
                    Type.INT,
                    72,
                    ConfigDef.LambdaValidator.with(ElectricityMapsProvider::checkHours, () -> "6, 24, 48 or 72"),
                    Importance.LOW,
                    "How far forecasts reach.");

    @Override
    public ConfigDef definition() {
        return DEFINITION;
    }

    @Override
    public String source(AbstractConfig settings) {
        return "Electricity Maps";
    }

    @Override
    public Signal signal(AbstractConfig settings) {
        boolean lifecycle = settings.getString(FACTORS).equals(LIFECYCLE);
        return settings.getBoolean(FLOW_TRACED)
                ? lifecycle ? Signal.AVERAGE_LIFECYCLE : Signal.AVERAGE_DIRECT
                : lifecycle ? Signal.PRODUCTION_LIFECYCLE : Signal.PRODUCTION_DIRECT;
    }

    @Override
    public GridIntensitySource open(AbstractConfig settings, FeedConfig feed, FeedTools tools) {
        return new ElectricityMapsSource(settings, feed, tools);
    }

    /** One that is not there at all is told of by the definition. */
    private static void checkToken(String name, @Nullable Object value) {
        if (value instanceof Password token && token.value().isBlank()) {
            throw new ConfigException(name + " is empty");
        }
    }

    private static void checkHours(String name, Object value) {
        int hours = (Integer) value;
        if (hours != 6 && hours != 24 && hours != 48 && hours != 72) {
            throw new ConfigException(name, value, "must be 6, 24, 48 or 72");
        }
    }
}
