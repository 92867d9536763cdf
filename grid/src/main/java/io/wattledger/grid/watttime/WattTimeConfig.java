package io.wattledger.grid.watttime;

import io.wattledger.grid.feed.FeedConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Settings of WattTime, beside those of all feeds.
 *
 * @param username of the account
 * @param password of the account
 * @param signal what is read
 * @param model date of the model whose values are read
 * @param tasks most tasks that share the account
 */
record WattTimeConfig(String username, Password password, WattTimeSignal signal, LocalDate model, int tasks) {
    static final String PREFIX = "watttime.";
    static final String USERNAME = PREFIX + "username";
    static final String PASSWORD = PREFIX + "password";
    static final String SIGNAL = PREFIX + "signal";
    static final String MODEL = PREFIX + "model";

    private static final String TASKS = "tasks.max";

    static ConfigDef definition() {
        return FeedConfig.definition(new FeedConfig.Defaults(
                        "https://api.watttime.org", Duration.ofMinutes(5), Duration.ofHours(1), 3_600, true))
                .define(
                        USERNAME,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Name of the account at WattTime.")
                .define(
                        PASSWORD,
                        Type.PASSWORD,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(WattTimeConfig::checkPassword, () -> "not empty"),
                        Importance.HIGH,
                        "Its password.")
                .define(
                        SIGNAL,
                        Type.STRING,
                        WattTimeSignal.CO2_MOER.type(),
                        ConfigDef.LambdaValidator.with(
                                WattTimeConfig::checkSignal, () -> String.join(" or ", signalTypes())),
                        Importance.HIGH,
                        "Signal to read: co2_moer (marginal) or co2_aoer (average).")
                .define(
                        MODEL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(WattTimeConfig::checkModel, () -> "date such as 2023-03-01"),
                        Importance.HIGH,
                        "Date of the model whose values are read; /v3/my-access lists those there are. It ends the name of"
                                + " the series, as values of two models are never mixed.");
    }

    /** The settings, which have been found right. */
    static WattTimeConfig of(AbstractConfig settings) {
        return new WattTimeConfig(
                settings.getString(USERNAME).strip(),
                settings.getPassword(PASSWORD),
                signal(settings),
                model(settings),
                tasks(settings));
    }

    static WattTimeSignal signal(AbstractConfig settings) {
        var type = settings.getString(SIGNAL);
        return Arrays.stream(WattTimeSignal.values())
                .filter(signal -> signal.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not checked: " + type));
    }

    static LocalDate model(AbstractConfig settings) {
        return LocalDate.parse(settings.getString(MODEL).strip());
    }

    /** The worker has checked that it is a number. */
    private static int tasks(AbstractConfig settings) {
        return Integer.parseInt(
                Objects.toString(settings.originals().get(TASKS), "1").strip());
    }

    private static List<String> signalTypes() {
        return Arrays.stream(WattTimeSignal.values()).map(WattTimeSignal::type).toList();
    }

    private static void checkSignal(String name, @Nullable Object value) {
        if (WattTimeSignal.HEALTH_DAMAGE.equals(value)) {
            throw new ConfigException(name, value, "is damage in dollars and no carbon intensity");
        }
        if (!signalTypes().contains(String.valueOf(value))) {
            throw new ConfigException(name, value, "must be " + String.join(" or ", signalTypes()));
        }
    }

    private static void checkModel(String name, @Nullable Object value) {
        try {
            LocalDate.parse(String.valueOf(value).strip());
        } catch (DateTimeException e) {
            throw new ConfigException(
                    name,
                    value,
                    "must be the date of a model, such as 2023-03-01; WattTime's /v3/my-access lists those there are");
        }
    }

    private static void checkPassword(String name, @Nullable Object value) {
        if (value instanceof Password password && password.value().isEmpty()) {
            throw new ConfigException(name, value, "must not be empty");
        }
    }
}
