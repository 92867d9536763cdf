package io.wattledger.streams.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.schemas.record.DailyEmissions;
import java.math.BigDecimal;
import java.time.Instant;

/** The total of a day, project and zone as a JSON object. */
public final class DayJson {
    private DayJson() {}

    /** As it was known at a time. */
    public static ObjectNode of(DailyEmissions day, Instant asOf) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("day", day.getDay());
        json.put("project", day.getProject());
        json.put("zone", day.getZone());
        json.put("cpu_time_s", BigDecimal.valueOf(day.getCpuTimeNanos(), 9));
        Figures.of(day).putTo(json);
        json.put("known_at", day.getKnownAt().toString());
        json.put("known_up_to", asOf.toString());
        return json;
    }
}
