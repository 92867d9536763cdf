package io.wattledger.sinks.webhook;

import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.List;
import java.util.Optional;

/** How a target wants to be told. */
interface Dialect {
    /** How many events it takes at once, at most. */
    int mostEvents();

    /** Why this event is none for the target; empty when it is one. */
    default Optional<String> whyNot(Event event) {
        return Optional.empty();
    }

    /**
     * Tells events, in one message or more. A message that was well received and is given again because a later one was
     * not is not sent again.
     *
     * @return the first answer that is not good, else the last one
     */
    HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException;
}
