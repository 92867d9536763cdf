package io.wattledger.streams.ledger;

/**
 * Recorded data run through the ledger in a namespace of their own: a host {@code replay/…}, whose intensities may come
 * from a private series of the same name. They are in no total but that of their run.
 */
final class Replay {
    private static final String NAMESPACE = "replay/";

    private Replay() {}

    static boolean is(String hostOrSeries) {
        return hostOrSeries.startsWith(NAMESPACE);
    }
}
