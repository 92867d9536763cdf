package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedHttp;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an address. The service is told what was read last (entity tag, time of change), so one that keeps either
 * sends nothing where nothing has changed.
 *
 * @param headers headers to send, for example credentials
 */
record HttpLocation(URI address, Map<String, String> headers, FeedHttp http, InstantSource clock) implements Location {
    private static final String LAST_MODIFIED = "Last-Modified";

    @Override
    public Optional<Content> changedSince(Content.@Nullable Mark last) throws FeedException, InterruptedException {
        var answer = http.get(address, conditional(last));
        if (answer.status() == HttpURLConnection.HTTP_NOT_MODIFIED) {
            return Optional.empty();
        }
        var tag = answer.headers().firstValue("ETag").orElse(null);
        var modified = answer.headers().firstValue(LAST_MODIFIED).orElse(null);
        return Optional.of(new Content(answer.body(), version(modified), new Content.Mark(tag, modified)));
    }

    private Map<String, String> conditional(Content.@Nullable Mark last) {
        var all = new HashMap<>(headers);
        if (last != null && last.tag() != null) {
            all.put("If-None-Match", last.tag());
        }
        if (last != null && last.modified() != null) {
            all.put("If-Modified-Since", last.modified());
        }
        return all;
    }

    private Instant version(@Nullable String modified) {
        try {
            return modified == null
                    ? clock.instant()
                    : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(modified));
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    @Override
    public String toString() {
        return address.getScheme() + "://" + address.getAuthority() + address.getPath();
    }
}
