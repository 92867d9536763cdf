package io.wattledger.collector.session;

import io.wattledger.collector.snapshot.Snapshot;
import java.io.IOException;

/** Takes a snapshot of now. */
@FunctionalInterface
public interface SnapshotSource {
    Snapshot take() throws IOException;
}
