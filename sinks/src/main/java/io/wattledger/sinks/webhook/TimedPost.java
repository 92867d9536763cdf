package io.wattledger.sinks.webhook;

import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Begins no further message when it has taken long: what is left is given again at once, after Connect had its turn. */
final class TimedPost implements Post {
    private final Post post;
    private final Duration limit;
    private final LongSupplier nanos;
    private final long start;

    /** @param nanos a clock that only ever goes on, in nanoseconds */
    TimedPost(Post post, Duration limit, LongSupplier nanos) {
        this.post = post;
        this.limit = limit;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public HttpAnswer send(Message message) throws TargetUnavailableException {
        if (nanos.getAsLong() - start > limit.toNanos()) {
            throw new TargetUnavailableException(
                    "The target answers, but has not taken all records within " + limit.toSeconds()
                            + " s; the rest is sent next",
                    null);
        }
        return post.send(message);
    }
}
