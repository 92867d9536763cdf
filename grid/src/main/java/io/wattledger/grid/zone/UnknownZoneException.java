package io.wattledger.grid.zone;

import java.util.List;
import java.util.stream.Collectors;

/** A text that does not name exactly one zone. The message says which zones it may have meant. */
public final class UnknownZoneException extends RuntimeException {
    private final transient List<Zone> suggestions;

    private UnknownZoneException(String message, List<Zone> suggestions) {
        super(message);
        this.suggestions = List.copyOf(suggestions);
    }

    static UnknownZoneException unknown(String text, List<Zone> suggestions) {
        return new UnknownZoneException(
                "Unknown zone '" + text + "'"
                        + (suggestions.isEmpty() ? "" : "; did you mean " + either(suggestions) + "?")
                        + (suggestions.isEmpty() ? "; use " : " Otherwise use ")
                        + "a country (FR, FRA or France), a state or bidding zone (US-CA, SE-SE3)"
                        + " or a cloud region (gcp:europe-west1);"
                        + " `wattledger zones` lists them",
                suggestions);
    }

    static UnknownZoneException ambiguous(String text, List<Zone> zones) {
        return new UnknownZoneException(
                "'" + text + "' is the name of " + zones.size() + " zones; use the id of one: " + either(zones), zones);
    }

    private static String either(List<Zone> zones) {
        return zones.stream().map(Zone::toString).collect(Collectors.joining(" or "));
    }

    /** The zones it may have meant, the nearest first; empty when there is none near. */
    public List<Zone> suggestions() {
        return suggestions;
    }
}
