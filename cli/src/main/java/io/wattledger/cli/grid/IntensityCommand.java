package io.wattledger.cli.grid;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.SettingsOption;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.terminal.Instants;
import io.wattledger.cli.terminal.Terminal;
import io.wattledger.grid.annual.AnnualTable;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.streams.report.RunJson;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wattledger intensity}. */
@Command(
        name = "intensity",
        description = {
            "Show the carbon intensity of a zone: what the ledger would use now, live values, annual values and forecasts.",
            "Live values are read from the embedded stack where it is up, or from another cluster; nothing is started."
        },
        footer = {
            "",
            "Examples:",
            "  wattledger intensity FR",
            "  wattledger intensity aws:eu-west-1 --forecast",
            "  wattledger intensity US-CAL-CISO --from 2026-03-01 --to 2026-03-02T12:00Z --json"
        })
public final class IntensityCommand implements Callable<Integer> {
    private static final Duration USUAL_WINDOW = Duration.ofDays(1);

    @Parameters(
            paramLabel = "ZONE",
            description = "A country (FR, FRA, France), a state, bidding zone or balancing authority (US-CA, SE-SE3,"
                    + " US-CAL-CISO) or a cloud region (aws:eu-west-1); `wattledger zones` lists them.")
    private String zone = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Live values from this time. Default: a day before --to.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "Live values up to this time. Default: now.")
    private @Nullable Instant to;

    @Option(names = "--forecast", description = "Show the newest forecasts too.")
    private boolean forecast;

    @Option(
            names = "--series",
            paramLabel = "NAME",
            description = "The intensity series. Default: the one the ledger uses (intensity.series).")
    private @Nullable String series;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Mixin
    private LedgerOptions ledger;

    @Mixin
    private SettingsOption settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var now = Instant.now();
        var end = to == null ? now : to;
        var begin = from == null ? end.minus(USUAL_WINDOW) : from;
        if (!begin.isBefore(end)) {
            throw new ParameterException(spec.commandLine(), "--from " + begin + " is not before --to " + end);
        }
        var zones = Zones.builtIn();
        var named = named(zones);
        // Own series may have zones of their own, so a name that we do not know may be meant as it stands.
        var id = named.map(Zone::id).orElse(zone.strip());
        var facts = ledger.running()
                .map(place -> published(place, id, zones, now, begin, end))
                .orElseGet(() -> Facts.of(builtIn(zones)));
        if (named.isEmpty() && facts.live().isEmpty() && facts.annual().of(id).isEmpty()) {
            throw refused(zones.unknown(zone));
        }
        print(report(id, zones, facts, now, begin, end));
        return 0;
    }

    /**
     * What is known.
     *
     * @param isConnected whether a ledger was asked
     * @param live live values of the zone in the time asked for, of all series
     * @param latest those that hold now
     */
    private record Facts(
            AnnualValues annual,
            boolean isConnected,
            List<GridIntensity> live,
            List<GridIntensity> latest,
            List<GridForecast> forecasts,
            List<FeedState> feeds) {
        /** Without a ledger. */
        static Facts of(AnnualValues annual) {
            return new Facts(annual, false, List.of(), List.of(), List.of(), List.of());
        }
    }

    private Facts published(Ledger place, String id, Zones zones, Instant now, Instant begin, Instant end) {
        try (var reader = TopicReader.of(place)) {
            var topics = new GridTopics(reader);
            var live = topics.live(id, begin, end);
            var facts = new Facts(
                    AnnualValues.of(topics.annual(series()), zones),
                    true,
                    live,
                    end.isBefore(now) || begin.isAfter(now) ? topics.live(id, now, now.plusMillis(1)) : live,
                    forecast ? topics.forecasts(id) : List.of(),
                    topics.feeds(id));
            if (forecast && facts.forecasts().isEmpty()) {
                say("There is no forecast for " + id + " yet");
            }
            if (reader.unreadable() > 0) {
                say(reader.unreadable() + " records could not be read and are left out");
            }
            return facts;
        }
    }

    private ZoneIntensity report(String id, Zones zones, Facts facts, Instant now, Instant begin, Instant end) {
        var series = series();
        boolean isLedgers = series.equals(settings.series());
        var otherSeries = new TreeSet<String>();
        facts.live().forEach(value -> otherSeries.add(value.getSeries()));
        otherSeries.remove(series);
        return new ZoneIntensity(
                id,
                zones.find(id).map(Zone::name).orElse(id),
                around(zones, id),
                series,
                settings.seriesMethod(),
                isLedgers,
                facts.isConnected(),
                now,
                begin,
                end,
                ZoneIntensity.current(of(series, facts.latest()), now),
                facts.annual().ladder(id, now.atOffset(ZoneOffset.UTC).getYear(), settings.seriesMethod()),
                of(series, facts.live()),
                otherSeries,
                facts.forecasts().stream()
                        .filter(found ->
                                this.series == null || found.getSeries().equals(series))
                        .toList(),
                facts.feeds());
    }

    /** The table that comes with the program, which is made for the series that the ledger uses. */
    private AnnualValues builtIn(Zones zones) {
        return series().equals(settings.series())
                ? AnnualValues.of(AnnualTable.builtIn(), zones)
                : AnnualValues.of(Map.of(), zones);
    }

    private static List<GridIntensity> of(String series, List<GridIntensity> values) {
        return values.stream().filter(value -> value.getSeries().equals(series)).toList();
    }

    private static List<String> around(Zones zones, String id) {
        var around = new ArrayList<String>();
        var zone = zones.find(id).map(Zone::parent);
        while (zone.isPresent()) {
            around.add(zones.resolve(zone.get()).toString());
            zone = zones.find(zone.get()).map(Zone::parent);
        }
        return around;
    }

    private String series() {
        return series == null ? settings.series() : series;
    }

    private Optional<Zone> named(Zones zones) {
        try {
            return zones.find(zone);
        } catch (UnknownZoneException e) {
            throw refused(e);
        }
    }

    private ParameterException refused(UnknownZoneException e) {
        return new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }

    private void print(ZoneIntensity report) {
        var out = spec.commandLine().getOut();
        out.print(
                json
                        ? RunJson.text(IntensityJson.of(report)) + "\n"
                        : IntensityTable.of(report, Terminal.columns(spec)));
        out.flush();
    }

    private void say(String line) {
        var err = spec.commandLine().getErr();
        err.println("wattledger: " + line + ".");
        err.flush();
    }
}
