package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.List;

/** Plain JSON: {@code {"records":[{"id":…,"type":…,"data":{…}}]}}. */
record JsonDialect(int mostEvents) implements Dialect {
    @Override
    public HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException {
        var body = JsonNodeFactory.instance.objectNode();
        var records = body.putArray("records");
        for (var event : events) {
            records.addObject().put("id", event.id()).put("type", event.type()).set("data", event.data());
        }
        return post.send(Message.of("", Message.JSON, body, Message.keyOf(events)));
    }
}
