package io.wattledger.grid.annual;

import io.wattledger.schemas.connect.BuildVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the worker what there is to publish at the first poll, and nothing after it. */
public final class AnnualIntensitySourceTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(AnnualIntensitySourceTask.class);

    /** A worker may ask a task to stop only between polls, so none may take long. */
    private static final long POLL_MILLIS = 500;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private List<SourceRecord> pending = List.of();

    @Override
    public void start(Map<String, String> props) {
        var config = AnnualIntensityConfig.of(props);
        try {
            var offset = context.offsetStorageReader().offset(Publication.partition(config));
            pending = new Publication(config, config.table()).after(offset);
            LOG.info("{} annual intensities to publish to {}", pending.size(), config.topic());
        } catch (InvalidTableException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        if (pending.isEmpty()) {
            stopped.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return null;
        }
        var records = pending;
        pending = List.of();
        return records;
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public String version() {
        return BuildVersion.text();
    }
}
