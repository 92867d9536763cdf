package io.wattledger.grid.entsoe;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedProvider;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.FeedZone;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the ENTSO-E feed. */
final class EntsoeProvider implements FeedProvider {
    static final String TOKEN = "entsoe.token";
    static final String FACTORS = "entsoe.factors";
    static final String FACTORS_FILE = "entsoe.factors.file";
    static final String MEASURED_AFTER = "entsoe.measured.after.ms";

    /** The platform's rules want generation an hour after it; some zones take several. It bears 400 requests a minute. */
    private static final FeedConfig.Defaults DEFAULTS = new FeedConfig.Defaults(
            "https://web-api.tp.entsoe.eu/api", Duration.ofMinutes(15), Duration.ofHours(6), 1_000, false);

    private static final BiddingZones ZONES = BiddingZones.builtIn();

    @Override
    public ConfigDef definition() {
        return FeedConfig.definition(DEFAULTS)
                .define(
                        TOKEN,
                        Type.PASSWORD,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Importance.HIGH,
                        "Security token of your account at transparency.entsoe.eu.")
                .define(
                        FACTORS,
                        Type.STRING,
                        FactorSet.BUILT_IN.get(0),
                        ConfigDef.ValidString.in(FactorSet.BUILT_IN.toArray(String[]::new)),
                        Importance.MEDIUM,
                        "Emission factors per type of plant: medians of IPCC AR5, or UNECE's of 2021 where it has them.")
                .define(
                        FACTORS_FILE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "CSV file with factors of your own; its rows replace those of the same type.")
                .define(
                        MEASURED_AFTER,
                        Type.LONG,
                        Duration.ofHours(24).toMillis(),
                        ConfigDef.Range.atLeast(0),
                        Importance.LOW,
                        "How long after its end an interval is estimated even if nothing is missing; zones complete and"
                                + " correct their first figures.");
    }

    @Override
    public String source(AbstractConfig settings) {
        return "ENTSO-E";
    }

    @Override
    public Signal signal(AbstractConfig settings) {
        return Signal.PRODUCTION_LIFECYCLE;
    }

    @Override
    public List<String> problems(AbstractConfig settings) {
        var problems = new ArrayList<String>();
        if (settings.getPassword(TOKEN).value().isBlank()) {
            problems.add(TOKEN + " is empty; set the security token of your account at transparency.entsoe.eu");
        }
        for (var zone : settings.getList(FeedConfig.ZONES)) {
            try {
                ZONES.code(FeedZone.of(zone).key());
            } catch (IllegalArgumentException e) {
                problems.add(Objects.requireNonNull(e.getMessage()));
            }
        }
        try {
            factors(settings);
        } catch (ConfigException e) {
            problems.add(Objects.requireNonNull(e.getMessage()));
        }
        return problems;
    }

    private static FactorSet factors(AbstractConfig settings) {
        var factors = FactorSet.builtIn(settings.getString(FACTORS));
        var file = settings.getString(FACTORS_FILE).strip();
        return file.isEmpty() ? factors : factors.including(Path.of(file));
    }

    @Override
    public GridIntensitySource open(AbstractConfig settings, FeedConfig feed, FeedTools tools) {
        var token = settings.getPassword(TOKEN).value().strip();
        var mix = new MixReader(factors(settings), Duration.ofMillis(settings.getLong(MEASURED_AFTER)));
        return new EntsoeSource(feed.url(), token, ZONES, mix, tools.http(List.of(token)), tools.clock());
    }
}
