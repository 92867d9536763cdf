package io.wattledger.schemas.registry;

/** Names of subjects by the topic's name, as all clients of such registries do by default. */
public final class SubjectName {
    private SubjectName() {}

    /** The subject of the keys or of the values of a topic. */
    public static String of(String topic, boolean isKey) {
        return topic + (isKey ? "-key" : "-value");
    }
}
