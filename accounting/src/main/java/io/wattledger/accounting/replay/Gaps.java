package io.wattledger.accounting.replay;

/**
 * Time without a value.
 *
 * @param count stretches of it
 * @param millis their lengths added up
 */
public record Gaps(int count, long millis) {
    public static final Gaps NONE = new Gaps(0, 0);

    public Gaps plus(Gaps other) {
        return new Gaps(Math.addExact(count, other.count), Math.addExact(millis, other.millis));
    }
}
