package io.wattledger.cli.ledger;

import io.wattledger.grid.location.CloudMetadata;
import io.wattledger.grid.location.HostLocation;
import io.wattledger.grid.location.HostZone;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zones;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The zone of this host: as set, as the environment says, or that of its cloud region; otherwise unknown. */
public final class Zoning {
    private Zoning() {}

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
