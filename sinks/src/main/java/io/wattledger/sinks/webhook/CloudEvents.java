package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attributes that CloudEvents 1.0 gives an event, and the three ways in which its HTTP binding sends them. */
final class CloudEvents {
    private CloudEvents() {}

    /** Attributes and data as one object, one per request. */
    record Structured(String source) implements Dialect {
        @Override
        public int mostEvents() {
            return 1;
        }

        @Override
        public HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException {
            var body = object(events.get(0), source);
            return post.send(
                    Message.of("", "application/cloudevents+json; charset=UTF-8", body, Message.keyOf(events)));
        }
    }

    /** An array of such objects. */
    record Batch(String source, int mostEvents) implements Dialect {
        @Override
        public HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException {
            var body = JsonNodeFactory.instance.arrayNode();
            events.forEach(event -> body.add(object(event, source)));
            return post.send(
                    Message.of("", "application/cloudevents-batch+json; charset=UTF-8", body, Message.keyOf(events)));
        }
    }

    /** Attributes as headers, the data as the body, one per request. */
    record Binary(String source) implements Dialect {
        @Override
        public int mostEvents() {
            return 1;
        }

        @Override
        public HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException {
            var event = events.get(0);
            var headers = new LinkedHashMap<String, String>();
            attributes(event, source).forEach((name, value) -> headers.put("ce-" + name, HeaderText.encoded(value)));
            return post.send(
                    new Message("", Message.JSON, Message.bytes(event.data()), Message.keyOf(events), headers));
        }
    }

    private static ObjectNode object(Event event, String source) {
        var object = JsonNodeFactory.instance.objectNode();
        attributes(event, source).forEach(object::put);
        return object.put("datacontenttype", Message.JSON).set("data", event.data());
    }

    private static Map<String, String> attributes(Event event, String source) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("specversion", "1.0");
        attributes.put("id", event.id());
        attributes.put("source", source);
        attributes.put("type", event.type());
        attributes.put("subject", event.subject());
        attributes.put("time", event.time().toString());
        return attributes;
    }
}
