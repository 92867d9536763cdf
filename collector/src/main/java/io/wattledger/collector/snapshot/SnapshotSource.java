package io.wattledger.collector.snapshot;

import java.io.IOException;

/** Takes snapshots of the host. */
@FunctionalInterface
public interface SnapshotSource {
    /**
     * The moment now.
     *
     * @throws IOException when not even the CPU time can be read
     */
    Snapshot take() throws IOException;

    /** A snapshot that another process has taken a moment ago, as this source would have taken it. */
    default Snapshot adopt(Snapshot foreign) {
        return foreign;
    }
}
