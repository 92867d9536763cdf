package io.wattledger.grid.feed;

import io.wattledger.schemas.connect.BuildVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.util.ConnectorUtils;

/** Divides zones and budget of a feed among its tasks. The connector of a provider names the provider and its task. */
public abstract class FeedSourceConnector extends SourceConnector {
    private final FeedProvider provider;
    private Map<String, String> settings = Map.of();

    protected FeedSourceConnector(FeedProvider provider) {
        this.provider = provider;
    }

    @Override
    public final void start(Map<String, String> props) {
        var budget = budgetProblem(FeedConfig.of(provider, props));
        if (!budget.isEmpty()) {
            throw new ConfigException("Cannot start the feed: " + budget);
        }
        settings = Map.copyOf(props);
    }

    /** Says all that is wrong before the connector starts, to whoever submits it. */
    @Override
    public final Config validate(Map<String, String> props) {
        var config = super.validate(props);
        var problems = FeedConfig.problems(provider, props);
        if (problems.isEmpty()) {
            var budget = budgetProblem(FeedConfig.of(provider, props));
            if (!budget.isEmpty()) {
                problems.add(FeedConfig.REQUESTS_PER_HOUR, budget);
            }
        }
        problems.addTo(config);
        return config;
    }

    /** Half of the budget is for the newest values and forecasts, the other half for the past. */
    private static String budgetProblem(FeedConfig feed) {
        double rounds = perHour(feed.pollInterval()) + (feed.forecast() ? perHour(feed.forecastInterval()) : 0);
        long needed = (long) Math.ceil(2 * rounds * feed.zones().size());
        return needed <= feed.requestsPerHour()
                ? ""
                : FeedConfig.REQUESTS_PER_HOUR + " is " + feed.requestsPerHour() + ", but "
                        + feed.zones().size()
                        + " zones need at least " + needed
                        + " (half of it for the newest values, half for the past); poll less often ("
                        + FeedConfig.POLL_INTERVAL + "), read fewer zones, or raise it if your contract allows more";
    }

    private static double perHour(Duration interval) {
        return (double) Duration.ofHours(1).toMillis() / interval.toMillis();
    }

    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        var feed = FeedConfig.of(provider, settings);
        int tasks = Math.min(Math.min(maxTasks, feed.zones().size()), feed.requestsPerHour());
        return ConnectorUtils.groupPartitions(feed.zones(), tasks).stream()
                .map(zones -> taskConfig(feed, zones))
                .toList();
    }

    private Map<String, String> taskConfig(FeedConfig feed, List<FeedZone> zones) {
        var task = new HashMap<>(settings);
        task.put(FeedConfig.ZONES, zones.stream().map(FeedZone::text).collect(Collectors.joining(",")));
        long share = (long) feed.requestsPerHour() * zones.size() / feed.zones().size();
        task.put(FeedConfig.REQUESTS_PER_HOUR, Long.toString(Math.max(1, share)));
        return task;
    }

    /** What is published and what is remembered of it are the same records' offsets, so Connect may commit them as one. */
    @Override
    public final ExactlyOnceSupport exactlyOnceSupport(Map<String, String> props) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public final void stop() {}

    @Override
    public final ConfigDef config() {
        return provider.definition();
    }

    @Override
    public final String version() {
        return BuildVersion.text();
    }
}
