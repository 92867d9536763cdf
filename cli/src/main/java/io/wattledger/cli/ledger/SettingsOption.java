package io.wattledger.cli.ledger;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.cli.stack.RunningStack;
import io.wattledger.streams.LedgerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says with which settings the streams application runs, where they are not the defaults. */
public final class SettingsOption {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting the streams application was started with, where it is not the default;"
                    + " may be given again. See docs/configuration.md.")
    private Map<String, String> given = Map.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The accounting interval. */
    public SlotLength slots() {
        try {
            return new SlotLength((Long) value(LedgerConfig.SLOT_LENGTH));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--set " + LedgerConfig.SLOT_LENGTH + ": " + e.getMessage(), e);
        }
    }

    /** How far back rows may still change. */
    public Duration horizon() {
        return Duration.ofMillis((Long) value(LedgerConfig.HORIZON));
    }

    /** How long it may take until what was read is written: rows are held back, then a transaction is committed. */
    public Duration settling(Ledger ledger) {
        var usual = ledger.isEmbedded() ? RunningStack.STREAMS_SETTINGS : Map.<String, String>of();
        long millis = Stream.of(LedgerConfig.TOTALS_INTERVAL, LedgerConfig.EMIT_INTERVAL, LedgerConfig.COMMIT_INTERVAL)
                .mapToLong(interval -> (Long) value(interval, usual))
                .sum();
        return Duration.ofMillis(millis + 500);
    }

    /** The intensity series that the ledger uses. */
    public String series() {
        return (String) value(LedgerConfig.SERIES);
    }

    /** How that series is made. */
    public String seriesMethod() {
        return (String) value(LedgerConfig.SERIES_METHOD);
    }

    /** A sample that tells more power than this of one device is refused. */
    public Power devicePowerLimit() {
        return new Power(Math.multiplyExact((Long) value(LedgerConfig.HOST_POWER_LIMIT), 1000L));
    }

    /** Samples from before this are refused. */
    public Instant earliestSample() {
        return Instant.parse((String) value(LedgerConfig.EARLIEST_SAMPLE));
    }

    /** Samples that end this long after they come are refused. */
    public Duration futureLimit() {
        return Duration.ofMillis((Long) value(LedgerConfig.FUTURE_LIMIT));
    }

    /** A carbon intensity above this is refused. */
    public CarbonIntensity intensityLimit() {
        return new CarbonIntensity(Math.multiplyExact((Long) value(LedgerConfig.INTENSITY_LIMIT), 1_000_000L));
    }

    /** Identifies the streams application on the cluster. */
    public String applicationId() {
        return (String) value(LedgerConfig.APPLICATION_ID);
    }

    private Object value(String name) {
        return value(name, Map.of());
    }

    /** A setting as it was given, else as {@code usual} has it, else its default. */
    private Object value(String name, Map<String, String> usual) {
        var settings = new HashMap<>(usual);
        settings.putAll(given);
        var definition = LedgerConfig.definition();
        for (var unknown : given.keySet()) {
            if (!definition.names().contains(unknown)) {
                throw new ParameterException(
                        spec.commandLine(), "Unknown setting " + unknown + "; docs/configuration.md lists them");
            }
        }
        definition.configKeys().forEach((key, setting) -> {
            if (!setting.hasDefault()) {
                settings.putIfAbsent(key, "");
            }
        });
        try {
            return Objects.requireNonNull(definition.parse(settings).get(name), name);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
