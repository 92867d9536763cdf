package io.wattledger.streams.footprint;

import java.nio.file.Path;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/**
 * Which further columns the ledger has.
 *
 * @param market market-based emissions
 * @param water water on site and at the source
 * @param embodied embodied emissions
 * @param factorsFile table of own factors, or null
 */
public record FootprintSettings(
        boolean market,
        boolean water,
        boolean embodied,
        @Nullable Path factorsFile) {
    public static final FootprintSettings OFF = new FootprintSettings(false, false, false, null);

    public static final String MARKET = "footprint.market";
    public static final String WATER = "footprint.water";
    public static final String EMBODIED = "footprint.embodied";
    public static final String FACTORS_FILE = "footprint.factors.file";

    /** Adds these settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        MARKET,
                        Type.BOOLEAN,
                        OFF.market(),
                        Importance.MEDIUM,
                        "Market-based emissions beside the location-based ones: by the factor of the host's supply"
                                + " contract, else of the residual mix, else of the grid.")
                .define(
                        WATER,
                        Type.BOOLEAN,
                        OFF.water(),
                        Importance.MEDIUM,
                        "Water used on site and where the electricity is made.")
                .define(
                        EMBODIED,
                        Type.BOOLEAN,
                        OFF.embodied(),
                        Importance.MEDIUM,
                        "Share of the emissions embodied in the hardware; also counted in the SCI score.")
                .define(
                        FACTORS_FILE,
                        Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "CSV file with own factors: contracts, residual mixes, water, hardware. They replace built-in ones.");
    }

    /** Reads these settings from a configuration that defines them. */
    public static FootprintSettings from(AbstractConfig config) {
        var file = config.getString(FACTORS_FILE);
        return new FootprintSettings(
                config.getBoolean(MARKET),
                config.getBoolean(WATER),
                config.getBoolean(EMBODIED),
                file == null || file.isBlank() ? null : Path.of(file));
    }

    public boolean allOff() {
        return !market && !water && !embodied;
    }
}
