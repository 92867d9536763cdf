package io.wattledger.streams.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.HostHour;
import java.math.BigDecimal;
import java.time.Instant;

/** The balance of a host in an hour as a JSON object: runs, idle, other and missing add up to metered. */
public final class HourJson {
    private HourJson() {}

    /** As it was known at a time. */
    public static ObjectNode of(HostHour hour, Instant asOf) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("host", hour.getHost());
        json.put("hour", hour.getHour().toString());
        json.put("runs_kwh", kilowattHours(hour.getRunsMillijoules()));
        json.put("idle_kwh", kilowattHours(hour.getIdleMillijoules()));
        json.put("other_kwh", kilowattHours(hour.getOtherMillijoules()));
        json.put("missing_kwh", kilowattHours(hour.getMissingMillijoules()));
        json.put("sampled_kwh", kilowattHours(hour.getSampledMillijoules()));
        json.put("metered_kwh", kilowattHours(hour.getMeteredMillijoules()));
        json.put("difference_kwh", kilowattHours(hour.getDifferenceMillijoules()));
        json.put("missing_s", BigDecimal.valueOf(hour.getMissingMillis(), 3));
        json.put("emissions_g", new Emissions(hour.getEmissionsMicrograms()).grams());
        json.put("known_at", hour.getKnownAt().toString());
        json.put("known_up_to", asOf.toString());
        return json;
    }

    private static BigDecimal kilowattHours(long millijoules) {
        return new Energy(millijoules).kilowattHours();
    }
}
