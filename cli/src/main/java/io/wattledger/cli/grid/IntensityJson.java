package io.wattledger.cli.grid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.cli.grid.AnnualValues.Ranked;
import io.wattledger.schemas.record.ForecastSlot;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.streams.report.IntensityText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The intensity of a zone for programs: grams per kilowatt-hour exactly, times in ISO 8601, what is not known as null. */
final class IntensityJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private IntensityJson() {}

    static ObjectNode of(ZoneIntensity zone) {
        var json = JSON.objectNode()
                .put("zone", zone.zone())
                .put("name", zone.name())
                .put("series", zone.series())
                .put("series_is_ledgers", zone.isLedgers())
                .put("asked_at", zone.now().toString())
                .put("connected", zone.isConnected());
        json.set("now", now(zone));
        var annual = json.putArray("annual");
        zone.annual().forEach(ranked -> annual.add(annual(ranked)));
        json.put("from", zone.from().toString()).put("to", zone.to().toString());
        var live = json.putArray("live");
        zone.live().forEach(value -> live.add(live(value, zone.method())));
        var series = json.putArray("other_series");
        zone.otherSeries().forEach(series::add);
        var forecasts = json.putArray("forecasts");
        zone.forecasts().forEach(forecast -> forecasts.add(forecast(forecast)));
        var feeds = json.putArray("feeds");
        for (var feed : zone.feeds()) {
            var last = feed.getLastValue();
            feeds.addObject()
                    .put("feed", feed.getFeed())
                    .put("state", feed.getState().name().toLowerCase(Locale.ROOT))
                    .put("since", feed.getSince().toString())
                    .put("last_value", last == null ? null : last.toString())
                    .put("message", feed.getMessage());
        }
        return json;
    }

    /** The value that a row of now would get; null where nothing is known. */
    private static @Nullable ObjectNode now(ZoneIntensity zone) {
        return zone.current()
                .map(value -> live(value, zone.method()))
                .or(() -> zone.annual().stream().findFirst().map(IntensityJson::annual))
                .orElse(null);
    }

    static ObjectNode annual(Ranked ranked) {
        return annual(ranked.value()).put("rung", IntensityText.rung(ranked.rung()));
    }

    static ObjectNode annual(GridDefault value) {
        return JSON.objectNode()
                .put("g_per_kwh", Cells.grams(value.getIntensityMicrogramsPerKwh()))
                .put("zone", value.getZone())
                .put("zone_name", value.getName())
                .put("year", value.getYear() == 0 ? null : value.getYear())
                .put("method", value.getMethod())
                .put("source", value.getSource())
                .put("licence", value.getLicence());
    }

    private static ObjectNode live(GridIntensity value, String method) {
        return JSON.objectNode()
                .put("g_per_kwh", Cells.grams(value.getIntensityMicrogramsPerKwh()))
                .put("rung", IntensityText.rung(value.getRung()))
                .put("start", value.getSlotStart().toString())
                .put("length_ms", value.getSlotLengthMillis())
                .put("version", value.getVersion().toString())
                .put("published_at", value.getPublishedAt().toString())
                .put("method", method)
                .put("source", value.getSource())
                .put("source_method", value.getMethod())
                .put("interval_start", text(value.getIntervalStart()))
                .put("interval_length_ms", value.getIntervalLengthMillis())
                .put("renewable_percent", percent(value.getRenewableThousandths()))
                .put("carbon_free_percent", percent(value.getCarbonFreeThousandths()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable BigDecimal percent(@Nullable Integer thousandths) {
        return thousandths == null ? null : BigDecimal.valueOf(thousandths, 1);
    }

    private static ObjectNode forecast(GridForecast forecast) {
        var json = JSON.objectNode()
                .put("series", forecast.getSeries())
                .put("source", forecast.getSource())
                .put("issued", forecast.getIssued().toString());
        var slots = json.putArray("slots");
        for (ForecastSlot slot : forecast.getSlots()) {
            slots.addObject()
                    .put("start", slot.getStart().toString())
                    .put("length_ms", slot.getLengthMillis())
                    .put("g_per_kwh", Cells.grams(slot.getIntensityMicrogramsPerKwh()))
                    .put("low_g_per_kwh", Cells.grams(slot.getLowMicrogramsPerKwh()))
                    .put("high_g_per_kwh", Cells.grams(slot.getHighMicrogramsPerKwh()));
        }
        return json;
    }
}
