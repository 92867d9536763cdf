package io.wattledger.grid.entsoe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedHttp;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.Forecast;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.IntensityValue;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for actual generation per type. A range with more documents than go into one answer is read page by page, and
 * in halves where the platform has no pages of it.
 */
final class EntsoeSource implements GridIntensitySource {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmm").withZone(ZoneOffset.UTC);

    /** The platform takes a year; a month keeps an answer to a few MiB. */
    private static final Duration LONGEST_RANGE = Duration.ofDays(30);

    private static final Duration DAY = Duration.ofDays(1);
    private static final int PAGE = 100;
    private static final int LAST_OFFSET = 4_800;

    private final String url;
    private final String token;
    private final BiddingZones zones;
    private final MixReader mix;
    private final FeedHttp http;
    private final InstantSource clock;

    EntsoeSource(String url, String token, BiddingZones zones, MixReader mix, FeedHttp http, InstantSource clock) {
        this.url = url;
        this.token = token;
        this.zones = zones;
        this.mix = mix;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public List<IntensityValue> read(String key, Instant from, Instant to) throws FeedException, InterruptedException {
        var now = clock.instant();
        if (!from.isBefore(now)) {
            return List.of();
        }
        // Of whole hours, as some types have no finer ones; with the day before, which says what types there are.
        var start = from.minus(DAY).truncatedTo(ChronoUnit.HOURS);
        var end = (to.isBefore(now) ? to : now).plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.HOURS);
        return mix.read(documents(code(key), start, end), from, to.isBefore(now) ? to : now, now);
    }

    private Eic code(String key) throws FeedRefusedException {
        try {
            return zones.code(key);
        } catch (IllegalArgumentException e) {
            throw new FeedRefusedException(String.valueOf(e.getMessage()), 0, "");
        }
    }

    private List<GenerationDocument> documents(Eic zone, Instant start, Instant end)
            throws FeedException, InterruptedException {
        var answer = ask(zone, start, end, "");
        if (answer instanceof Answer.Documents whole) {
            return whole.documents();
        }
        var reason = (Answer.Acknowledgement) answer;
        if (reason.noData()) {
            return List.of();
        }
        if (reason.overLimit()) {
            var pages = pages(zone, start, end);
            return pages.isPresent() ? pages.get() : halves(zone, start, end, reason);
        }
        throw new FeedRefusedException(
                "Asked ENTSO-E for generation of " + zone + " from " + start + " to " + end + ", which answered: "
                        + reason.reason() + "; check the zone and the token",
                0,
                reason.reason());
    }

    /** All pages; nothing where the platform does not take them one by one, or has more of them than it gives. */
    private Optional<List<GenerationDocument>> pages(Eic zone, Instant start, Instant end)
            throws FeedException, InterruptedException {
        var documents = new ArrayList<GenerationDocument>();
        for (int offset = 0; offset <= LAST_OFFSET; offset += PAGE) {
            var answer = ask(zone, start, end, "&offset=" + offset);
            if (answer instanceof Answer.Documents page) {
                documents.addAll(page.documents());
                if (page.documents().size() < PAGE) {
                    return Optional.of(documents);
                }
            } else if (((Answer.Acknowledgement) answer).noData()) {
                return Optional.of(documents);
            } else {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private List<GenerationDocument> halves(Eic zone, Instant start, Instant end, Answer.Acknowledgement reason)
            throws FeedException, InterruptedException {
        var half = Duration.between(start, end).dividedBy(2);
        var middle = start.plus(half).truncatedTo(ChronoUnit.HOURS);
        if (!middle.isAfter(start)) {
            throw new FeedUnavailableException(
                    "ENTSO-E has more of " + zone + " from " + start + " to " + end + " than it answers at once ("
                            + reason.reason() + "); it is asked again",
                    null);
        }
        var documents = new ArrayList<>(documents(zone, start, middle));
        documents.addAll(documents(zone, middle, end));
        return documents;
    }

    private Answer ask(Eic zone, Instant start, Instant end, String page) throws FeedException, InterruptedException {
        var address = URI.create(url + "?documentType=A75&processType=A16&in_Domain=" + zone + "&periodStart="
                + MINUTE.format(start) + "&periodEnd=" + MINUTE.format(end) + page + "&securityToken="
                + URLEncoder.encode(token, UTF_8));
        try {
            return AnswerReader.read(body(address));
        } catch (MalformedAnswerException e) {
            throw new FeedUnavailableException(
                    "Cannot read ENTSO-E's generation of " + zone + " from " + start + " to " + end + " ("
                            + e.getMessage() + "); it is asked again",
                    e);
        }
    }

    /** "No data" and "too much" may come with status 400. */
    private byte[] body(URI address) throws FeedException, InterruptedException {
        try {
            return http.get(address, Map.of()).body();
        } catch (FeedRefusedException e) {
            if (e.status() == 400 && e.answer().contains("Acknowledgement_MarketDocument")) {
                return e.answer().getBytes(UTF_8);
            }
            throw e;
        }
    }

    /** The platform forecasts wind and sun alone, which is no intensity. */
    @Override
    public Optional<Forecast> forecast(String key) {
        return Optional.empty();
    }

    @Override
    public Duration longestRange() {
        return LONGEST_RANGE;
    }
}
