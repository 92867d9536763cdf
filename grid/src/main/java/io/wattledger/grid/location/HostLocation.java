package io.wattledger.grid.location;

import io.wattledger.grid.location.HostZone.Origin;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the zone of this host. */
public final class HostLocation {
    /** Environment variable with a zone. */
    public static final String ENVIRONMENT = "WATTLEDGER_ZONE";

    static final String HOW_TO_SET = "set it with --zone or " + ENVIRONMENT + ", for example --zone FR";

    private final Zones zones;
    private final Map<String, String> environment;
    private final Supplier<Optional<CloudRegion>> cloud;

    /**
     * @param environment variables of the process
     * @param cloud {@link CloudMetadata#region()}, or {@code Optional::empty} to ask no cloud
     */
    public HostLocation(Zones zones, Map<String, String> environment, Supplier<Optional<CloudRegion>> cloud) {
        this.zones = zones;
        this.environment = Map.copyOf(environment);
        this.cloud = cloud;
    }

    /**
     * The zone of this host. The cloud is asked only when neither setting nor environment has a zone.
     *
     * @param setting what the user set; null or blank for nothing
     * @throws UnknownZoneException when what was set names no zone
     */
    public HostZone find(@Nullable String setting) {
        if (setting != null && !setting.isBlank()) {
            return new HostZone(zones.resolve(setting.strip()).id(), Origin.SETTING, "set to " + setting.strip(), null);
        }
        var variable = environment.getOrDefault(ENVIRONMENT, "").strip();
        if (!variable.isEmpty()) {
            return new HostZone(zones.resolve(variable).id(), Origin.ENVIRONMENT, ENVIRONMENT + "=" + variable, null);
        }
        return cloud.get().map(this::inCloud).orElseGet(() -> unknown("no zone was set; " + HOW_TO_SET, null));
    }

    private HostZone inCloud(CloudRegion region) {
        return zones.find(region.toString())
                .map(zone -> new HostZone(zone.id(), Origin.CLOUD, "cloud region " + region, region))
                .orElseGet(
                        () -> unknown("no zone is known for the cloud region " + region + "; " + HOW_TO_SET, region));
    }

    private static HostZone unknown(String explanation, @Nullable CloudRegion cloud) {
        return new HostZone(Zone.UNKNOWN, Origin.UNKNOWN, explanation, cloud);
    }
}
