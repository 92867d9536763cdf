package io.wattledger.collector;

import io.wattledger.schemas.record.HostProfile;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be measured on a host and somebody has to say; null where nobody has.
 *
 * @param provider cloud provider
 * @param region region of the provider
 * @param instanceType instance type of the provider
 * @param contract name of the supply contract
 * @param waterMillilitresPerKwh on-site water use in millilitres per kilowatt-hour
 * @param embodiedGrams embodied emissions of the machine in grams CO2eq
 * @param embodiedSource where that is from
 * @param lifetime time over which it is amortised
 */
public record Nameplate(
        @Nullable String provider,
        @Nullable String region,
        @Nullable String instanceType,
        @Nullable String contract,
        @Nullable Long waterMillilitresPerKwh,
        @Nullable Long embodiedGrams,
        @Nullable String embodiedSource,
        @Nullable Duration lifetime) {
    public static final String PROVIDER = "provider";
    public static final String REGION = "region";
    public static final String INSTANCE_TYPE = "instance.type";
    static final String CONTRACT = "contract";
    static final String WATER = "water.ml.per.kwh";
    static final String EMBODIED = "embodied.grams";
    static final String EMBODIED_SOURCE = "embodied.source";
    static final String LIFETIME = "lifetime.days";

    private static final int LONGEST_LIFE_DAYS = 36_500;

    /** Adds its settings to a definition. */
    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(PROVIDER, Type.STRING, null, Importance.LOW, "Cloud provider of this host: aws, azure, gcp …")
                .define(REGION, Type.STRING, null, Importance.LOW, "Region of the provider.")
                .define(INSTANCE_TYPE, Type.STRING, null, Importance.LOW, "Instance type of the provider.")
                .define(
                        CONTRACT,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "Name of the supply contract of this host, whose factor makes its market-based emissions.")
                .define(
                        WATER,
                        Type.LONG,
                        null,
                        unsetOr(Range.between(0, 1_000_000_000)),
                        Importance.LOW,
                        "Water usage effectiveness of the site, in millilitres per kilowatt-hour of IT energy.")
                .define(
                        EMBODIED,
                        Type.LONG,
                        null,
                        unsetOr(Range.between(0, 1_000_000_000)),
                        Importance.LOW,
                        "Emissions embodied in this machine, in grams CO2eq, for example from its maker's data sheet.")
                .define(EMBODIED_SOURCE, Type.STRING, null, Importance.LOW, "Where " + EMBODIED + " is from.")
                .define(
                        LIFETIME,
                        Type.INT,
                        null,
                        unsetOr(Range.between(1, LONGEST_LIFE_DAYS)),
                        Importance.LOW,
                        "Expected life of this machine in days, over which its embodied emissions are amortised.");
    }

    private static ConfigDef.Validator unsetOr(Range range) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    if (value != null) {
                        range.ensureValid(name, value);
                    }
                },
                range::toString);
    }

    /** From settings that were parsed with that definition. */
    static Nameplate of(Map<String, Object> values) {
        var days = (Integer) values.get(LIFETIME);
        return new Nameplate(
                (String) values.get(PROVIDER),
                (String) values.get(REGION),
                (String) values.get(INSTANCE_TYPE),
                (String) values.get(CONTRACT),
                (Long) values.get(WATER),
                (Long) values.get(EMBODIED),
                (String) values.get(EMBODIED_SOURCE),
                days == null ? null : Duration.ofDays(days));
    }

    void writeTo(HostProfile profile) {
        profile.setProvider(provider);
        profile.setRegion(region);
        profile.setInstanceType(instanceType);
        profile.setContract(contract);
        profile.setWaterMillilitresPerKwh(waterMillilitresPerKwh);
        profile.setEmbodiedGrams(embodiedGrams);
        profile.setEmbodiedSource(embodiedSource);
        profile.setLifetimeMillis(lifetime == null ? null : lifetime.toMillis());
    }
}
