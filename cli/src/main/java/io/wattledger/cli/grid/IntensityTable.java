package io.wattledger.cli.grid;

import io.wattledger.cli.grid.AnnualValues.Ranked;
import io.wattledger.cli.grid.Sparkline.Point;
import io.wattledger.schemas.record.FeedCondition;
import io.wattledger.schemas.record.ForecastSlot;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.streams.report.IntensityText;
import io.wattledger.streams.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/** The intensity of a zone as text. */
final class IntensityTable {
    /** So much of a line is left to the lowest and the highest value beside the blocks. */
    private static final int MARGIN = 24;

    private final ZoneIntensity zone;
    private final OptionalInt columns;
    private final StringBuilder text = new StringBuilder();

    private IntensityTable(ZoneIntensity zone, OptionalInt columns) {
        this.zone = zone;
        this.columns = columns;
    }

    /**
     * @param columns width of the terminal; empty where there is none, and then nothing is drawn
     */
    static String of(ZoneIntensity zone, OptionalInt columns) {
        var table = new IntensityTable(zone, columns);
        table.head();
        table.feeds();
        table.annual();
        table.live();
        zone.forecasts().forEach(table::forecast);
        return table.text.toString();
    }

    private void head() {
        line("zone", zone.name().equals(zone.zone()) ? zone.zone() : zone.zone() + " (" + zone.name() + ")");
        if (!zone.around().isEmpty()) {
            line("in", String.join(", ", zone.around()));
        }
        line("now", now());
        line(
                "series",
                zone.series() + (zone.isLedgers() ? ", which the ledger uses" : ", which the ledger does not use"));
        if (!zone.otherSeries().isEmpty()) {
            line("", "there are also " + String.join(", ", zone.otherSeries()) + " (--series)");
        }
    }

    private String now() {
        if (zone.current().isPresent()) {
            var value = zone.current().get();
            return grams(value.getIntensityMicrogramsPerKwh()) + "   "
                    + IntensityText.source(value.getRung(), zone.name(), 0, value.getSource()) + ", "
                    + Cells.time(value.getSlotStart()) + " UTC for " + Cells.length(value.getSlotLengthMillis());
        }
        if (zone.annual().isEmpty()) {
            return "no value is known";
        }
        var best = zone.annual().get(0);
        return grams(best.value().getIntensityMicrogramsPerKwh()) + "   "
                + IntensityText.source(
                        best.rung(),
                        best.value().getName(),
                        best.value().getYear(),
                        best.value().getSource());
    }

    private void feeds() {
        for (var feed : zone.feeds()) {
            line(
                    "feed",
                    feed.getFeed() + " is " + condition(feed.getState()) + " since " + Cells.time(feed.getSince())
                            + " UTC. " + feed.getMessage());
        }
    }

    private void annual() {
        if (zone.annual().isEmpty()) {
            return;
        }
        text.append("\nAnnual values, the one that goes first at the top:\n");
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("G/KWH", "OF", "YEAR", "METHOD", "RUNG", "SOURCE"));
        for (Ranked ranked : zone.annual()) {
            var value = ranked.value();
            lines.add(List.of(
                    Cells.shortGrams(value.getIntensityMicrogramsPerKwh()),
                    value.getZone(),
                    Cells.year(value.getYear()),
                    value.getMethod(),
                    words(ranked.rung().name()),
                    value.getSource()));
        }
        text.append(TextTable.of(lines));
    }

    private void live() {
        if (!zone.isConnected()) {
            text.append("\nLive values are in a ledger, and the embedded stack is not up: wattledger up starts it.\n");
            return;
        }
        var span = "from " + Cells.time(zone.from()) + " to " + Cells.time(zone.to()) + " UTC";
        if (zone.live().isEmpty()) {
            text.append("\nThere are no live values of ")
                    .append(zone.series())
                    .append(' ')
                    .append(span)
                    .append(".\n");
            return;
        }
        text.append("\nLive values ")
                .append(span)
                .append(", made by the method ")
                .append(zone.method())
                .append(":\n");
        draw(zone.live().stream()
                .map(value -> new Point(
                        value.getSlotStart(), value.getSlotLengthMillis(), value.getIntensityMicrogramsPerKwh()))
                .toList());
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("FROM (UTC)", "LENGTH", "G/KWH", "RUNG", "VERSION (UTC)", "SOURCE", "ITS METHOD"));
        for (GridIntensity value : zone.live()) {
            lines.add(List.of(
                    Cells.time(value.getSlotStart()),
                    Cells.length(value.getSlotLengthMillis()),
                    Cells.shortGrams(value.getIntensityMicrogramsPerKwh()),
                    words(value.getRung().name()),
                    Cells.time(value.getVersion()),
                    value.getSource(),
                    Objects.requireNonNullElse(value.getMethod(), "")));
        }
        text.append(TextTable.of(lines));
    }

    private void forecast(GridForecast forecast) {
        text.append("\nForecast of ")
                .append(forecast.getSeries())
                .append(" by ")
                .append(forecast.getSource())
                .append(", made ")
                .append(Cells.time(forecast.getIssued()))
                .append(" UTC:\n");
        draw(forecast.getSlots().stream()
                .map(slot -> new Point(slot.getStart(), slot.getLengthMillis(), slot.getIntensityMicrogramsPerKwh()))
                .toList());
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("FROM (UTC)", "LENGTH", "G/KWH", "BAND"));
        for (ForecastSlot slot : forecast.getSlots()) {
            lines.add(List.of(
                    Cells.time(slot.getStart()),
                    Cells.length(slot.getLengthMillis()),
                    Cells.shortGrams(slot.getIntensityMicrogramsPerKwh()),
                    Cells.shortGrams(slot.getLowMicrogramsPerKwh()) + " to "
                            + Cells.shortGrams(slot.getHighMicrogramsPerKwh())));
        }
        text.append(TextTable.of(lines));
    }

    /** A line of blocks between the lowest and the highest value, where there is a terminal. */
    private void draw(List<Point> points) {
        if (columns.isEmpty() || points.isEmpty()) {
            return;
        }
        var micrograms = points.stream().mapToLong(Point::micrograms).summaryStatistics();
        text.append(Cells.shortGrams(micrograms.getMin()))
                .append(' ')
                .append(Sparkline.of(points, Math.max(1, columns.getAsInt() - MARGIN)))
                .append(' ')
                .append(grams(micrograms.getMax()))
                .append('\n');
    }

    private void line(String label, String value) {
        text.append(String.format(Locale.ROOT, "%-8s %s%n", label, value));
    }

    private static String grams(long micrograms) {
        return Cells.shortGrams(micrograms) + " g/kWh";
    }

    private static String condition(FeedCondition condition) {
        return switch (condition) {
            case FRESH -> "fresh";
            case STALE -> "stale";
            case QUOTA -> "out of quota";
            case FAILING -> "failing";
        };
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
