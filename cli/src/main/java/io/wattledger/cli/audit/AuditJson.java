package io.wattledger.cli.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.cli.audit.Difference.What;
import io.wattledger.streams.report.RunJson;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an audit has found, as a JSON object. */
final class AuditJson {
    private AuditJson() {}

    static String of(AuditReport report) {
        var json = JsonNodeFactory.instance.objectNode();
        var compared = json.putObject("compared");
        for (var what : What.values()) {
            compared.put(what.name().toLowerCase(Locale.ROOT) + "s", report.compared(what));
        }
        var noted = json.putObject("noted");
        report.counts().forEach((count, number) -> noted.put(count.name().toLowerCase(Locale.ROOT), number));
        var differences = json.putArray("differences");
        for (var difference : report.differences()) {
            var object = differences.addObject();
            object.put("what", difference.what().name().toLowerCase(Locale.ROOT));
            object.put("which", difference.which());
            var figures = object.putArray("figures");
            difference.gaps().forEach(gap -> figures.addObject()
                    .put("figure", gap.figure())
                    .put("ledger", text(gap.ledger()))
                    .put("derived", text(gap.derived()))
                    .put("difference", gap.excess()));
            object.put("likely_cause", difference.cause());
        }
        if (!report.explained().isEmpty()) {
            var explained = json.putArray("explained");
            report.explained().forEach(row -> explained.add(new Explanation(row).json()));
        }
        return RunJson.text(json);
    }

    private static @Nullable String text(@Nullable Object figure) {
        return figure == null ? null : figure.toString();
    }
}
