package io.wattledger.sinks.http;

import java.util.function.Predicate;

/**
 * What a service does otherwise than most.
 *
 * @param pathIsSecret whether who knows the path of an address may post to it, so that no message shows it
 * @param refusesContent which of the answers that otherwise fail the task or are tried again are about this content alone
 */
public record ServiceManners(boolean pathIsSecret, Predicate<HttpAnswer> refusesContent) {
    /** Paths may be shown, and an answer means what its status says. */
    public static final ServiceManners USUAL = new ServiceManners(false, answer -> false);
}
