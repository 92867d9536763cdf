package io.wattledger.cli.grid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.cli.grid.AnnualValues.Ranked;
import io.wattledger.cli.ledger.SettingsOption;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.grid.annual.AnnualTable;
import io.wattledger.grid.zone.CloudRegion;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import io.wattledger.streams.report.RunJson;
import io.wattledger.streams.report.TextTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wattledger zones}. */
@Command(
        name = "zones",
        description = {
            "List the electricity-grid zones, or those with a text in their id or name, or the regions of a cloud.",
            "Each has the annual intensity that a row of the ledger would get this year without live values, of the table"
                    + " that comes with Wattledger; OF says whose value it is where the zone has none that suits."
        },
        footer = {
            "",
            "Examples:",
            "  wattledger zones norway",
            "  wattledger zones US-CAL",
            "  wattledger zones --cloud aws"
        })
public final class ZonesCommand implements Callable<Integer> {
    /** The providers whose regions are known. */
    enum Provider {
        aws,
        azure,
        gcp
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Only zones with this in their id or name, or that it is another name of.")
    private String text = "";

    @Option(
            names = "--cloud",
            paramLabel = "NAME",
            description = "The regions of ${COMPLETION-CANDIDATES}, with the zone each is in.")
    private @Nullable Provider cloud;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Mixin
    private SettingsOption settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var listing = new Listing();
        var out = spec.commandLine().getOut();
        out.print(cloud == null ? listing.zones() : listing.regions(listing.regions(cloud.name())));
        out.flush();
        return 0;
    }

    /** The tables are read here: every command line makes an object of every command, and none should wait for them. */
    private final class Listing {
        private final Zones zones = Zones.builtIn();
        private final AnnualValues annual = AnnualValues.of(AnnualTable.builtIn(), zones);

        /** Zones, or the regions of clouds where only those have the text in their name. */
        String zones() {
            var found = text.isBlank() ? List.copyOf(zones.all()) : zones.search(text);
            if (found.isEmpty()) {
                return regions(regions(""));
            }
            if (json) {
                var array = JsonNodeFactory.instance.arrayNode();
                found.forEach(zone -> array.add(json(zone)));
                return RunJson.text(array) + "\n";
            }
            var lines = new ArrayList<List<String>>();
            lines.add(List.of("ZONE", "NAME", "IN", "G/KWH", "OF", "YEAR", "METHOD", "SOURCE"));
            for (var zone : found) {
                lines.add(line(zone.id(), zone.name(), zone.parent() == null ? "" : zone.parent(), used(zone.id())));
            }
            return TextTable.of(lines);
        }

        String regions(List<CloudRegion> found) {
            if (found.isEmpty()) {
                throw new Failure(
                        cloud == null
                                ? String.valueOf(zones.unknown(text).getMessage())
                                : "No region of " + cloud + " has '" + text
                                        + "' in its name, place or zone; `wattledger zones" + " --cloud " + cloud
                                        + "` lists them all");
            }
            if (json) {
                var array = JsonNodeFactory.instance.arrayNode();
                found.forEach(region -> array.add(json(region)));
                return RunJson.text(array) + "\n";
            }
            var lines = new ArrayList<List<String>>();
            lines.add(List.of("REGION", "PLACE", "IN", "G/KWH", "OF", "YEAR", "METHOD", "SOURCE"));
            for (var region : found) {
                lines.add(line(region.id(), region.place(), region.zone(), used(region.zone())));
            }
            return TextTable.of(lines);
        }

        /** The regions of a provider, of all for an empty one, that have the text in their name, place or zone. */
        List<CloudRegion> regions(String provider) {
            var wanted = text.strip().toLowerCase(Locale.ROOT);
            return zones.regions().stream()
                    .filter(region -> region.id().startsWith(provider))
                    .filter(region -> words(region).toLowerCase(Locale.ROOT).contains(wanted))
                    .toList();
        }

        private String words(CloudRegion region) {
            var zone = zones.resolve(region.zone());
            var around = zone.parent() == null ? zone : zones.resolve(zone.parent());
            return String.join(" ", region.id(), region.place(), zone.id(), zone.name(), around.name());
        }

        /** The value that a row of this year gets. */
        private Ranked used(String zone) {
            int year = Instant.now().atOffset(ZoneOffset.UTC).getYear();
            return annual.ladder(zone, year, settings.seriesMethod()).get(0);
        }

        private static List<String> line(String id, String name, String in, Ranked used) {
            var value = used.value();
            return List.of(
                    id,
                    name,
                    in,
                    Cells.shortGrams(value.getIntensityMicrogramsPerKwh()),
                    value.getZone(),
                    Cells.year(value.getYear()),
                    value.getMethod(),
                    value.getSource());
        }

        private ObjectNode json(Zone zone) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("zone", zone.id())
                    .put("name", zone.name())
                    .put("parent", zone.parent());
            json.set("used", IntensityJson.annual(used(zone.id())));
            var own = json.putArray("own");
            annual.of(zone.id()).forEach(value -> own.add(IntensityJson.annual(value)));
            return json;
        }

        private ObjectNode json(CloudRegion region) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("region", region.id())
                    .put("place", region.place())
                    .put("zone", region.zone());
            json.set("used", IntensityJson.annual(used(region.zone())));
            var provider = json.putArray("figures_of_provider");
            annual.of(region.id()).forEach(value -> provider.add(IntensityJson.annual(value)));
            return json;
        }
    }
}
