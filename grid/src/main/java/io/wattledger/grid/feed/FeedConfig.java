package io.wattledger.grid.feed;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.schemas.topic.ForecastSeries;
import io.wattledger.schemas.topic.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all feeds have.
 *
 * @param name name of the connector
 * @param zones what is read
 * @param series what the values are published as
 * @param slots the slots that values are published for
 * @param pollInterval how often the newest values are read
 * @param backfillDays days before today that are read where nothing was published yet
 * @param rereadDaysBack ends of the windows of 48 h that are read again every day, in days before now
 * @param forecast whether forecasts are read
 * @param forecastInterval how often
 * @param staleAfter how old the newest value may be
 * @param url address of the service, without a slash at its end; may be empty
 * @param requestsPerHour budget of requests
 * @param retryBackoff wait after the first failure; it doubles with each further one
 */
public record FeedConfig(
        String name,
        List<FeedZone> zones,
        String series,
        SlotLength slots,
        Duration pollInterval,
        int backfillDays,
        List<Integer> rereadDaysBack,
        boolean forecast,
        Duration forecastInterval,
        Duration staleAfter,
        String intensityTopic,
        String forecastTopic,
        String stateTopic,
        String url,
        Duration connectTimeout,
        Duration requestTimeout,
        int requestsPerHour,
        Duration retryBackoff) {
    public static final String ZONES = "feed.zones";
    public static final String SERIES = "feed.series";
    public static final String SLOT_LENGTH = "feed.slot.length.ms";
    public static final String POLL_INTERVAL = "feed.poll.interval.ms";
    public static final String BACKFILL_DAYS = "feed.backfill.days";
    public static final String REREAD_DAYS_BACK = "feed.reread.days.back";
    public static final String FORECAST = "feed.forecast";
    public static final String FORECAST_INTERVAL = "feed.forecast.interval.ms";
    public static final String STALE_AFTER = "feed.stale.after.ms";
    public static final String INTENSITY_TOPIC = "feed.intensity.topic";
    public static final String FORECAST_TOPIC = "feed.forecast.topic";
    public static final String STATE_TOPIC = "feed.state.topic";
    public static final String URL = "feed.url";
    public static final String CONNECT_TIMEOUT = "feed.connect.timeout.ms";
    public static final String REQUEST_TIMEOUT = "feed.request.timeout.ms";
    public static final String REQUESTS_PER_HOUR = "feed.requests.per.hour";
    public static final String RETRY_BACKOFF = "feed.retry.backoff.ms";

    private static final String NAME = "name";
    /** Providers move values for up to three months, and the ledger seals what is older than that. */
    private static final int MOST_DAYS = 90;

    /**
     * What a provider knows better than we do.
     *
     * @param url address of the service; empty for none
     * @param pollInterval how often its newest values change
     * @param staleAfter when a value is missing that it should have given
     * @param requestsPerHour what it is known to bear
     * @param forecast whether it has forecasts without further ado
     */
    public record Defaults(
            String url, Duration pollInterval, Duration staleAfter, int requestsPerHour, boolean forecast) {}

    /** The settings, with a provider's defaults; the provider adds its own. */
    public static ConfigDef definition(Defaults defaults) {
        return new ConfigDef()
                .define(
                        ZONES,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                FeedConfig::checkZones, () -> "ZONE or KEY=ZONE, each zone once"),
                        Importance.HIGH,
                        "Zones to read, separated by commas; KEY=ZONE where the source has another name for it. They are"
                                + " divided among the tasks.")
                .define(
                        SERIES,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Series that the values are published as; empty for the one that their signal is named after. The"
                                + " ledger uses the series that it is set to.")
                .define(
                        SLOT_LENGTH,
                        Type.LONG,
                        SlotLength.DEFAULT.millis(),
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> checkSlot(name, (Long) value),
                                () -> "5, 15, 30 or 60 minutes in milliseconds"),
                        Importance.MEDIUM,
                        "Slot that values are published for; the ledger's slot length.")
                .define(
                        POLL_INTERVAL,
                        Type.LONG,
                        defaults.pollInterval.toMillis(),
                        ConfigDef.Range.atLeast(100),
                        Importance.MEDIUM,
                        "How often the newest values of each zone are read: those of the last 24 hours, in one request.")
                .define(
                        BACKFILL_DAYS,
                        Type.INT,
                        7,
                        ConfigDef.Range.between(0, MOST_DAYS),
                        Importance.MEDIUM,
                        "Days before today that are read at the start, where their slots have not all been published; 0 for"
                                + " the last 24 hours alone.")
                .define(
                        REREAD_DAYS_BACK,
                        Type.LIST,
                        "0,7,30,90",
                        ConfigDef.LambdaValidator.with(
                                FeedConfig::checkDaysBack, () -> "whole days from 0 to " + MOST_DAYS + ", or nothing"),
                        Importance.LOW,
                        "48 hours that end so many days back are read again once a day, because sources revise what they"
                                + " published; empty for never.")
                .define(
                        FORECAST,
                        Type.BOOLEAN,
                        defaults.forecast,
                        Importance.MEDIUM,
                        "Whether forecasts are read and published.")
                .define(
                        FORECAST_INTERVAL,
                        Type.LONG,
                        Duration.ofHours(1).toMillis(),
                        ConfigDef.Range.atLeast(100),
                        Importance.LOW,
                        "How often the forecast of each zone is read.")
                .define(
                        STALE_AFTER,
                        Type.LONG,
                        defaults.staleAfter.toMillis(),
                        ConfigDef.Range.atLeast(1_000),
                        Importance.LOW,
                        "A feed is stale when the end of its newest value is longer ago than this.")
                .define(
                        INTENSITY_TOPIC,
                        Type.STRING,
                        Topics.GRID_INTENSITY.name(),
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Topic that values are published to.")
                .define(
                        FORECAST_TOPIC,
                        Type.STRING,
                        Topics.GRID_FORECAST.name(),
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Topic that forecasts are published to.")
                .define(
                        STATE_TOPIC,
                        Type.STRING,
                        Topics.FEED_STATES.name(),
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Topic that the state of each feed is published to.")
                .define(
                        URL,
                        Type.STRING,
                        defaults.url,
                        ConfigDef.LambdaValidator.with(FeedConfig::checkUrl, () -> "http:// or https:// address"),
                        Importance.LOW,
                        "Address of the service.")
                .define(
                        CONNECT_TIMEOUT,
                        Type.INT,
                        10_000,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for a connection.")
                .define(
                        REQUEST_TIMEOUT,
                        Type.INT,
                        30_000,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for a whole answer.")
                .define(
                        REQUESTS_PER_HOUR,
                        Type.INT,
                        defaults.requestsPerHour,
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "Budget of requests per hour, of all zones and tasks together; what your contract with the provider"
                                + " allows.")
                .define(
                        RETRY_BACKOFF,
                        Type.LONG,
                        5_000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "Wait after the first failure; it doubles with each further one, up to 10 minutes or the poll"
                                + " interval, whichever is longer.");
    }

    /**
     * The settings of a connector or task.
     *
     * @throws ConfigException naming every setting that is wrong
     */
    static FeedConfig of(FeedProvider provider, Map<String, String> settings) {
        problems(provider, settings).refuse("the feed " + settings.getOrDefault(NAME, ""));
        var values = new AbstractConfig(provider.definition(), settings, false);
        return new FeedConfig(
                settings.getOrDefault(NAME, provider.source(values)),
                zones(values),
                series(provider, values),
                new SlotLength(values.getLong(SLOT_LENGTH)),
                Duration.ofMillis(values.getLong(POLL_INTERVAL)),
                values.getInt(BACKFILL_DAYS),
                daysBack(values.getList(REREAD_DAYS_BACK)),
                values.getBoolean(FORECAST),
                Duration.ofMillis(values.getLong(FORECAST_INTERVAL)),
                Duration.ofMillis(values.getLong(STALE_AFTER)),
                values.getString(INTENSITY_TOPIC),
                values.getString(FORECAST_TOPIC),
                values.getString(STATE_TOPIC),
                values.getString(URL).strip().replaceAll("/+$", ""),
                Duration.ofMillis(values.getInt(CONNECT_TIMEOUT)),
                Duration.ofMillis(values.getInt(REQUEST_TIMEOUT)),
                values.getInt(REQUESTS_PER_HOUR),
                Duration.ofMillis(values.getLong(RETRY_BACKOFF)));
    }

    /** What is wrong; empty when the feed can start. */
    static SettingProblems problems(FeedProvider provider, Map<String, String> settings) {
        var definition = provider.definition();
        var problems = SettingProblems.of(definition, settings);
        if (problems.isEmpty()) {
            var values = new AbstractConfig(definition, settings, false);
            checkSeries(provider, values).forEach(message -> problems.add(SERIES, message));
            provider.problems(values).forEach(message -> problems.add(ZONES, message));
        }
        return problems;
    }

    /** The zones of settings that are right one by one. */
    public static List<FeedZone> zones(AbstractConfig settings) {
        return settings.getList(ZONES).stream().map(FeedZone::of).toList();
    }

    private static String series(FeedProvider provider, AbstractConfig values) {
        var series = values.getString(SERIES).strip();
        return series.isEmpty() ? provider.series(values) : series;
    }

    private static List<String> checkSeries(FeedProvider provider, AbstractConfig values) {
        var series = series(provider, values);
        var signal = provider.signal(values);
        if (series.chars().anyMatch(c -> Character.isWhitespace(c) || c == '/')) {
            return List.of(SERIES + " is '" + series + "', must have no spaces and slashes");
        }
        if (ForecastSeries.isBuiltIn(series)) {
            return List.of(SERIES + " is " + series
                    + ", a name kept for the forecasts Wattledger makes itself; choose another");
        }
        return Signal.of(series)
                .filter(named -> named != signal)
                .map(named ->
                        List.of(SERIES + " is " + series + ", which is for another signal than these settings read ("
                                + signal.series() + "); leave it empty, or name the series " + signal.series() + "-…"))
                .orElse(List.of());
    }

    private static void checkZones(String name, @Nullable Object value) {
        var zones = new ArrayList<String>();
        try {
            for (var text : (List<?>) Objects.requireNonNullElse(value, List.of())) {
                zones.add(FeedZone.of(text.toString()).zone());
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, Objects.requireNonNull(e.getMessage()));
        }
        if (zones.isEmpty() || zones.stream().distinct().count() < zones.size()) {
            throw new ConfigException(name, value, "must name at least one zone, and each zone once");
        }
    }

    private static void checkSlot(String name, Long millis) {
        try {
            new SlotLength(millis);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, millis, Objects.requireNonNull(e.getMessage()));
        }
    }

    private static void checkDaysBack(String name, @Nullable Object value) {
        try {
            for (int days : daysBack((List<?>) Objects.requireNonNullElse(value, List.of()))) {
                if (days < 0 || days > MOST_DAYS) {
                    throw new ConfigException(name, value, days + " is not from 0 to " + MOST_DAYS);
                }
            }
        } catch (NumberFormatException e) {
            throw new ConfigException(name, value, "must be whole days");
        }
    }

    private static List<Integer> daysBack(List<?> texts) {
        return texts.stream()
                .map(text -> Integer.valueOf(text.toString().strip()))
                .toList();
    }

    private static void checkUrl(String name, Object value) {
        var url = value.toString().strip();
        try {
            var uri = URI.create(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!url.isEmpty() && (!web || uri.getHost() == null || uri.getQuery() != null)) {
                throw new ConfigException(name, value, "must be an http:// or https:// address without a query");
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "must be an address");
        }
    }
}
