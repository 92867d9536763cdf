package io.wattledger.cli.replay;

import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The zone of a recording. It is not that of this machine, so nothing but the command line and the file can tell. Zones
 * inside a known one are fine even where our own table does not have them, as publishers of intensities draw finer borders.
 */
final class ReplayZone {
    private static final Pattern INSIDE_A_ZONE = Pattern.compile("([A-Z]{2}(?:-[A-Z0-9]+)*)-[A-Z0-9]+");

    private ReplayZone() {}

    /**
     * Finds it.
     *
     * @param setting what the command line says, null when it says nothing
     * @param countries what the file says
     * @throws ParameterException when there is no zone, more than one, or none of that name
     */
    static String of(@Nullable String setting, List<String> countries, CommandLine command) {
        if (setting == null && countries.size() != 1) {
            throw new ParameterException(
                    command,
                    countries.isEmpty()
                            ? "Missing --zone: the recording does not say where it was made"
                            : "Missing --zone: the recording names " + countries.size() + " countries ("
                                    + String.join(", ", countries)
                                    + "); split it up, or say which zone all of it is accounted in");
        }
        try {
            return find(setting != null ? setting : countries.get(0));
        } catch (UnknownZoneException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    private static String find(String text) {
        var zones = Zones.builtIn();
        var known = zones.find(text);
        if (known.isPresent()) {
            return known.get().id();
        }
        var inside = INSIDE_A_ZONE.matcher(text);
        boolean isInsideKnown = inside.matches() && isKnownOrInside(inside.group(1), zones);
        return isInsideKnown ? text : zones.resolve(text).id();
    }

    private static boolean isKnownOrInside(String id, Zones zones) {
        var inside = INSIDE_A_ZONE.matcher(id);
        return zones.find(id).map(Zone::id).filter(id::equals).isPresent()
                || (inside.matches() && isKnownOrInside(inside.group(1), zones));
    }
}
