package io.wattledger.cli.ledger;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.grid.location.CloudMetadata;
import io.wattledger.grid.location.HostLocation;
import io.wattledger.grid.location.HostZone;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zones;
import org.jspecify.annotations.Nullable;

/** The zone of this host: as set, as the environment says, or that of its cloud region; otherwise unknown. */
public final class Zoning {
    private Zoning() {}

    /**
     * Finds the zone.
     *
     * @throws Failure when what was set names no zone
     */
    public static HostZone find(@Nullable String setting) {
        try {
            return new HostLocation(Zones.builtIn(), System.getenv(), () -> new CloudMetadata().region()).find(setting);
        } catch (UnknownZoneException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }
}
