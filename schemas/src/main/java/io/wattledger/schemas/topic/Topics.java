package io.wattledger.schemas.topic;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.LateSample;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.record.ZoneSignal;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The catalogue of topics. */
public final class Topics {
    private static final Schema TEXT = Schema.create(Schema.Type.STRING);
    private static final Schema BYTES = Schema.create(Schema.Type.BYTES);
    private static final @Nullable Duration FOR_EVER = null;

    public static final TopicSpec POWER_SAMPLES = new TopicSpec(
            "power-samples",
            TEXT,
            PowerSamples.getClassSchema(),
            true,
            false,
            Duration.ofDays(7),
            "Raw samples, as the collectors published them.");
    public static final TopicSpec RUNS = byHost(
            "runs",
            RunHostKey.getClassSchema(),
            RunEvent.getClassSchema(),
            "Start and end of each run on each of its hosts.");
    public static final TopicSpec HOSTS =
            byHost("hosts", TEXT, HostProfile.getClassSchema(), "What each host is and how it is measured.");
    public static final TopicSpec CORRECTIONS = new TopicSpec(
            "corrections",
            TEXT,
            HostCorrection.getClassSchema(),
            true,
            false,
            FOR_EVER,
            "Zone, PUE or contract of past periods put right.");
    public static final TopicSpec GRID_INTENSITY = compacted(
            "grid-intensity",
            GridIntensityKey.getClassSchema(),
            GridIntensity.getClassSchema(),
            "Carbon intensity per zone and slot.");
    public static final TopicSpec GRID_DEFAULTS = compacted(
            "grid-defaults",
            GridDefaultKey.getClassSchema(),
            GridDefault.getClassSchema(),
            "Annual carbon intensity per zone.");
    public static final TopicSpec GRID_INTENSITY_FAN_OUT = byHost(
            "grid-intensity-fan-out",
            GridIntensityKey.getClassSchema(),
            GridIntensity.getClassSchema(),
            "A copy of grid-intensity in every partition, next to the hosts; written by the topology.");
    public static final TopicSpec GRID_DEFAULTS_FAN_OUT = byHost(
            "grid-defaults-fan-out",
            GridDefaultKey.getClassSchema(),
            GridDefault.getClassSchema(),
            "A copy of grid-defaults in every partition, next to the hosts; written by the topology.");
    public static final TopicSpec GRID_FORECAST = compacted(
            "grid-forecast", TEXT, GridForecast.getClassSchema(), "Newest forecast of the carbon intensity per zone.");
    public static final TopicSpec ENERGY_LEDGER = byHost(
            "energy-ledger",
            LedgerKey.getClassSchema(),
            EnergyRow.getClassSchema(),
            "Energy per run, host and slot; absolute rows.");
    public static final TopicSpec EMISSIONS_LEDGER = byHost(
            "emissions-ledger",
            LedgerKey.getClassSchema(),
            EmissionRow.getClassSchema(),
            "Energy and emissions per run, host and slot; absolute rows.");
    public static final TopicSpec EMISSIONS_HISTORY = new TopicSpec(
            "emissions-history",
            LedgerKey.getClassSchema(),
            EmissionRevision.getClassSchema(),
            true,
            false,
            FOR_EVER,
            "Every revision of every row whose slot has closed. Primary data: never rebuilt, never deleted.");
    public static final TopicSpec RUN_EMISSIONS =
            compacted("run-emissions", TEXT, RunEmissions.getClassSchema(), "Totals per run.");
    public static final TopicSpec DAILY_EMISSIONS =
            compacted("daily-emissions", TEXT, DailyEmissions.getClassSchema(), "Totals per day, project and zone.");
    public static final TopicSpec HOST_HOURS =
            byHost("host-hours", TEXT, HostHour.getClassSchema(), "The balance of each host in each hour.");
    public static final TopicSpec ZONE_SIGNALS =
            compacted("zone-signals", TEXT, ZoneSignal.getClassSchema(), "What a scheduler wants to know per zone.");
    public static final TopicSpec FEED_STATES =
            compacted("feed-states", TEXT, FeedState.getClassSchema(), "How each feed of intensities is doing.");
    public static final TopicSpec LATE_SAMPLES = new TopicSpec(
            "late-samples",
            TEXT,
            LateSample.getClassSchema(),
            true,
            false,
            FOR_EVER,
            "Samples whose slot had been sealed when they came.");
    public static final TopicSpec DEAD_LETTERS = new TopicSpec(
            "dead-letters",
            BYTES,
            BYTES,
            false,
            false,
            FOR_EVER,
            "Records that could not be read, as they came, with the reason in their headers.");

    private static final List<TopicSpec> ALL = List.of(
            POWER_SAMPLES,
            RUNS,
            HOSTS,
            CORRECTIONS,
            GRID_INTENSITY,
            GRID_DEFAULTS,
            GRID_FORECAST,
            GRID_INTENSITY_FAN_OUT,
            GRID_DEFAULTS_FAN_OUT,
            ENERGY_LEDGER,
            EMISSIONS_LEDGER,
            EMISSIONS_HISTORY,
            RUN_EMISSIONS,
            DAILY_EMISSIONS,
            HOST_HOURS,
            ZONE_SIGNALS,
            FEED_STATES,
            LATE_SAMPLES,
            DEAD_LETTERS);

    private Topics() {}

    /** All topics, in the order in which data flow through them. */
    public static List<TopicSpec> all() {
        return ALL;
    }

    private static TopicSpec byHost(String name, Schema key, Schema value, String purpose) {
        return new TopicSpec(name, key, value, true, true, FOR_EVER, purpose);
    }

    private static TopicSpec compacted(String name, Schema key, Schema value, String purpose) {
        return new TopicSpec(name, key, value, false, true, FOR_EVER, purpose);
    }
}
