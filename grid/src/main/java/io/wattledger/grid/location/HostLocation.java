package io.wattledger.grid.location;

import io.wattledger.grid.location.HostZone.Origin;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the zone of this host. */
public final class HostLocation {
    /** Environment variable with a zone. */
    public static final String ENVIRONMENT = "WATTLEDGER_ZONE";

    static final String HOW_TO_SET = "set it with --zone or " + ENVIRONMENT + ", for example --zone FR";

    private static final Path DMI = Path.of("/sys/class/dmi/id");

    private final Zones zones;
    private final Map<String, String> environment;
    private final CloudMetadata cloud;
    private final KubernetesNode node;

    /** @param environment variables of the process */
    public HostLocation(Zones zones, LocationSettings settings, Map<String, String> environment) {
        this(zones, settings, environment, DMI);
    }

    /** @param dmi folder with the texts of the firmware */
    HostLocation(Zones zones, LocationSettings settings, Map<String, String> environment, Path dmi) {
        this.zones = zones;
        this.environment = Map.copyOf(environment);
        this.cloud = new CloudMetadata(new Firmware(dmi), settings);
        this.node = new KubernetesNode(settings);
    }

    /**
     * The zone of this host. Cloud and Kubernetes are asked only when neither setting nor environment has a zone.
     *
     * @param setting what the user set; null or blank for nothing
     * @throws UnknownZoneException when what was set names no zone
     */
    public HostZone find(@Nullable String setting) {
        if (setting != null && !setting.isBlank()) {
            return named(setting.strip(), Origin.SETTING, "set to " + setting.strip());
        }
        var variable = environment.getOrDefault(ENVIRONMENT, "").strip();
        if (!variable.isEmpty()) {
            return named(variable, Origin.ENVIRONMENT, ENVIRONMENT + "=" + variable);
        }
        return cloud.instance()
                .map(found -> inCloud(found, Origin.CLOUD))
                .or(() -> node.place().map(this::onNode))
                .orElseGet(() -> unknown("no zone was set; " + HOW_TO_SET, null));
    }

    /** The machine in a cloud that this host is, whatever zone was set; nothing where it is none or nobody tells. */
    public Optional<CloudInstance> cloudInstance() {
        return cloud.instance().or(() -> node.place().flatMap(HostLocation::instance));
    }

    private HostZone named(String name, Origin origin, String explanation) {
        var region = zones.region(name)
                .map(found -> new CloudInstance(found.provider(), found.name(), null))
                .orElse(null);
        return new HostZone(zones.resolve(name).id(), origin, explanation, region);
    }

    private HostZone inCloud(CloudInstance instance, Origin origin) {
        var id = instance.regionId();
        return zones.region(id)
                .map(region -> new HostZone(region.zone(), origin, "cloud region " + id, instance))
                .orElseGet(() -> unknown("no zone is known for the cloud region " + id + "; " + HOW_TO_SET, instance));
    }

    private HostZone onNode(KubernetesNode.Place place) {
        var instance = instance(place);
        if (instance.isPresent()) {
            return inCloud(instance.get(), Origin.KUBERNETES);
        }
        var label = "node label " + KubernetesNode.REGION_LABEL + "=" + place.region();
        try {
            return new HostZone(zones.resolve(place.region()).id(), Origin.KUBERNETES, label, null);
        } catch (UnknownZoneException e) {
            return unknown(label + " names no zone; " + HOW_TO_SET, null);
        }
    }

    private static Optional<CloudInstance> instance(KubernetesNode.Place place) {
        return Optional.ofNullable(place.provider())
                .map(provider -> new CloudInstance(provider, place.region(), place.type()));
    }

    private static HostZone unknown(String explanation, @Nullable CloudInstance cloud) {
        return new HostZone(Zone.UNKNOWN, Origin.UNKNOWN, explanation, cloud);
    }
}
