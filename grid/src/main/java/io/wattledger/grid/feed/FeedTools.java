package io.wattledger.grid.feed;

import java.time.InstantSource;
import java.util.List;

/**
 * What a source is given to work with.
 *
 * @param feed the settings of the feed
 * @param clock the wall clock
 * @param check what every value is checked with
 */
public record FeedTools(FeedConfig feed, InstantSource clock, IntensityCheck check) {
    /**
     * A client with the timeouts and the budget of the feed; a source has one.
     *
     * @param secrets what no message may show, for example a token that is part of an address
     */
    public FeedHttp http(List<String> secrets) {
        return new FeedHttp(feed, clock, secrets);
    }
}
