package io.wattledger.cli.ledger;

import io.wattledger.collector.Nameplate;
import io.wattledger.grid.location.CloudInstance;
import io.wattledger.grid.location.HostLocation;
import io.wattledger.grid.location.HostZone;
import io.wattledger.grid.location.LocationSettings;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The zone of this host: as set, as the environment says, or that of its cloud region or Kubernetes node; else unknown. */
public final class Zoning {
    private Zoning() {}

    /**
     * The zone that a filter of reports names. Replays have zones of their own publishers, so one that we do not know may be
     * meant as it stands.
     */
    public static String filter(String named) {
        return Zones.builtIn().find(named).map(Zone::id).orElse(named);
    }

    /**
     * Finds the zone.
     *
     * @param command the command that asks
     * @throws ParameterException when what was set names no zone
     */
    public static HostZone find(@Nullable String setting, CommandLine command) {
        return find(location(Map.of(), command), setting, command);
    }

    /** As {@link #find(String, CommandLine)}, with a location whose settings have been read. */
    public static HostZone find(HostLocation location, @Nullable String setting, CommandLine command) {
        try {
            return location.find(setting);
        } catch (UnknownZoneException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Who finds out where this host is.
     *
     * @param settings what {@link #takeSettings} has taken
     * @throws ParameterException when they, or the variables of the environment that stand for them, are wrong
     */
    public static HostLocation location(Map<String, String> settings, CommandLine command) {
        var environment = System.getenv();
        try {
            return new HostLocation(Zones.builtIn(), LocationSettings.of(settings, environment), environment);
        } catch (ConfigException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    /** Takes the settings that {@link #location} is for out of a collector's, which does not know them. */
    public static Map<String, String> takeSettings(Map<String, String> settings) {
        var taken = new TreeMap<>(settings);
        taken.keySet().removeIf(key -> !key.startsWith(LocationSettings.PREFIX));
        settings.keySet().removeAll(taken.keySet());
        return taken;
    }

    /** The settings of a collector that say which machine in a cloud its host is. */
    public static Map<String, String> nameplate(CloudInstance instance) {
        var settings = new TreeMap<String, String>();
        settings.put(Nameplate.PROVIDER, instance.provider());
        settings.put(Nameplate.REGION, instance.region());
        if (instance.type() != null) {
            settings.put(Nameplate.INSTANCE_TYPE, instance.type());
        }
        return settings;
    }
}
