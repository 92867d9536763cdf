package io.wattledger.collector.control;

import io.wattledger.collector.snapshot.Snapshot;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the collector does for wrappers. Called by several threads. An exception becomes the text of an error reply.
 */
public interface CollectorService {
    Registered register(RunStart run, @Nullable Snapshot started, @Nullable Long pid) throws IOException;

    void started(String run, long pid) throws IOException;

    Ended end(String run, RunEnd end) throws IOException;

    /** Opens a run that is there already; from now on, until it is ended or nothing is left of it. */
    void adopt(RunStart run, @Nullable Long pid, @Nullable String group) throws IOException;

    /** The open runs. */
    List<ListedRun> runs();

    CollectorStatus status();

    /** The wrapper of this run is gone and has not ended it. */
    void abandoned(String run) throws IOException;
}
