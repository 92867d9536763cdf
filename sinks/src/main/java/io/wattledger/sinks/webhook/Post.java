package io.wattledger.sinks.webhook;

import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;

/** Takes messages to the target. */
@FunctionalInterface
interface Post {
    /** @throws TargetUnavailableException to be tried again */
    HttpAnswer send(Message message) throws TargetUnavailableException;
}
