package io.wattledger.cli.ledger;

import io.wattledger.grid.location.CloudMetadata;
import io.wattledger.grid.location.HostLocation;
import io.wattledger.grid.location.HostZone;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The zone of this host: as set, as the environment says, or that of its cloud region; otherwise unknown. */
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
        try {
            return new HostLocation(Zones.builtIn(), System.getenv(), () -> new CloudMetadata().region()).find(setting);
        } catch (UnknownZoneException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }
}
