package io.wattledger.collector;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start has begun so far; ended again, the last one first, when the start does not come to its end. */
final class Started implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Started.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T with(T part) {
        parts.push(part);
        return part;
    }

    /** All has been started; from now on it is its owner's to end. */
    void complete() {
        parts.clear();
    }

    @Override
    public void close() {
        for (var part : parts) {
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.debug("{} did not end well after a start that failed", part, e);
            }
        }
        parts.clear();
    }
}
