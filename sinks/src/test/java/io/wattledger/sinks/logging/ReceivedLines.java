package io.wattledger.sinks.logging;

import java.util.Collection;
import java.util.List;

/** A log that a test can read, and that can be away for a while. */
public interface ReceivedLines {
    /** The run of each line it has, as often as it has it. */
    List<String> runs();

    /** Is not to be had until {@link #comeBack}. */
    void goDown();

    void comeBack();

    default boolean has(Collection<String> expected) {
        return runs().containsAll(expected);
    }
}
