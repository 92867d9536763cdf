package io.wattledger.grid.feed;

import java.util.Map;

/**
 * Source partitions of feeds. Connect finds an offset by the bytes of its partition, in which the keys of a map come in the
 * order that the map has them, and that of an immutable map is another one in each JVM. So there is one key alone.
 */
final class SourcePartition {
    private SourcePartition() {}

    /**
     * @param kind of what, for example values
     * @param parts what tells one from another, with a slash between them
     */
    static Map<String, String> of(String kind, String... parts) {
        return Map.of(kind, String.join("/", parts));
    }
}
