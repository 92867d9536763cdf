package io.wattledger.sinks.prometheus;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of both connectors that say which series there are, and how long. */
final class SeriesSettings {
    static final String RUN_RETENTION = "prometheus.series.retention.ms";
    static final String ROW_RETENTION = "prometheus.gauge.retention.ms";
    static final String MOST = "prometheus.series.max";

    private SeriesSettings() {}

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        RUN_RETENTION,
                        Type.LONG,
                        Duration.ofHours(1).toMillis(),
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "How long the series of a run go on after it has ended, and those of a host's hour after it was"
                                + " last told of, in milliseconds.")
                .define(
                        ROW_RETENTION,
                        Type.LONG,
                        Duration.ofMinutes(2).toMillis(),
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "How long power, emission rate and intensity go on after the newest row that tells them, in"
                                + " milliseconds; longer than the ledger's `emit.interval.ms`.")
                .define(
                        MOST,
                        Type.INT,
                        100_000,
                        ConfigDef.Range.atLeast(100),
                        Importance.MEDIUM,
                        "Most series of a task at a time. What is new beyond it is left out, counted and logged. A run"
                                + " has 17, a run on a host in progress 8, a host 8.");
    }

    /** @param backlog how old a total may be that is shown late */
    static Board board(AbstractConfig settings, Duration backlog) {
        return new Board(
                new Retention(
                        Duration.ofMillis(settings.getLong(RUN_RETENTION)),
                        Duration.ofMillis(settings.getLong(ROW_RETENTION)),
                        backlog),
                settings.getInt(MOST));
    }
}
