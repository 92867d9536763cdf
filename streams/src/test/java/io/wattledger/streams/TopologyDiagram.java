package io.wattledger.streams;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;

/** Draws a topology as a Mermaid flow chart, stable from build to build. */
final class TopologyDiagram {
    private final Set<String> topics = new TreeSet<>();
    private final Set<String> edges = new TreeSet<>();

    private TopologyDiagram() {}

    static String of(TopologyDescription topology) {
        return new TopologyDiagram().draw(topology);
    }

    private String draw(TopologyDescription topology) {
        var text = new StringBuilder("flowchart LR\n");
        for (var part : topology.subtopologies()) {
            text.append("  subgraph part-")
                    .append(part.id())
                    .append("[sub-topology ")
                    .append(part.id())
                    .append("]\n");
            part.nodes().stream()
                    .sorted(Comparator.comparing(TopologyDescription.Node::name))
                    .forEach(node -> draw(node, text));
            text.append("  end\n");
        }
        topics.forEach(topic -> text.append("  ").append(topic).append('\n'));
        edges.forEach(edge -> text.append("  ").append(edge).append('\n'));
        return text.toString();
    }

    private void draw(TopologyDescription.Node node, StringBuilder text) {
        if (node instanceof TopologyDescription.Source source) {
            drawSource(source, text);
        } else if (node instanceof TopologyDescription.Processor processor) {
            text.append("    ").append(node.name()).append('\n');
            new TreeSet<>(processor.stores()).forEach(store -> {
                text.append("    store-")
                        .append(store)
                        .append("[(")
                        .append(store)
                        .append(")]\n");
                edge(node.name(), "store-" + store);
            });
            node.successors().forEach(next -> edge(node.name(), end(next)));
        }
    }

    /** A source is drawn as its topic, and as a step of its own where it writes straight on. */
    private void drawSource(TopologyDescription.Source source, StringBuilder text) {
        boolean writes = source.successors().stream().anyMatch(TopologyDescription.Sink.class::isInstance);
        for (var topic : source.topicSet()) {
            if (writes) {
                text.append("    ").append(source.name()).append('\n');
                edge(topic(topic), source.name());
                source.successors().forEach(next -> edge(source.name(), end(next)));
            } else {
                source.successors().forEach(next -> edge(topic(topic), end(next)));
            }
        }
    }

    private String end(TopologyDescription.Node next) {
        return next instanceof TopologyDescription.Sink sink ? topic(sink.topic()) : next.name();
    }

    private String topic(String name) {
        topics.add("topic-" + name + "([" + name + "])");
        return "topic-" + name;
    }

    private void edge(String from, String to) {
        edges.add(from + " --> " + to);
    }
}
