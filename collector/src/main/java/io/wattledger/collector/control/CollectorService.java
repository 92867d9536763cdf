package io.wattledger.collector.control;

import io.wattledger.collector.snapshot.Snapshot;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the collector does for wrappers. Called by several threads. An exception becomes the text of an error reply.
 */
public interface CollectorService extends OpenRuns {
    Registered register(RunStart run, @Nullable Snapshot started, @Nullable Long pid) throws IOException;

    void started(String run, long pid) throws IOException;

    Ended end(String run, RunEnd end) throws IOException;

    CollectorStatus status();

    /** The wrapper of this run is gone and has not ended it. */
    void abandoned(String run) throws IOException;
}
