package io.wattledger.schemas.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * What a new version of a subject must get on with. BACKWARD: readers with the new schema read what was written with the
 * old one. FORWARD: readers with the old schema read what is written with the new one. FULL: both. Plain levels look at the
 * newest version only, transitive ones at all.
 */
public enum Compatibility {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsOld;
    private final boolean oldReads;
    private final boolean transitive;

    Compatibility(boolean readsOld, boolean oldReads, boolean transitive) {
        this.readsOld = readsOld;
        this.oldReads = oldReads;
        this.transitive = transitive;
    }

    /**
     * Why the candidate cannot follow these versions; empty when it can.
     *
     * @param versions versions of the subject that are not deleted, oldest first
     */
    public List<String> conflicts(Schema candidate, List<RegisteredSchema> versions) {
        var conflicts = new ArrayList<String>();
        var first = transitive || versions.isEmpty() ? 0 : versions.size() - 1;
        for (var old : versions.subList(first, versions.size()).stream().toList()) {
            if (readsOld) {
                conflicts.addAll(
                        reasons(candidate, old.schema(), "the new schema cannot read version " + old.version()));
            }
            if (oldReads) {
                conflicts.addAll(
                        reasons(old.schema(), candidate, "version " + old.version() + " cannot read the new schema"));
            }
        }
        return conflicts;
    }

    private static List<String> reasons(Schema reader, Schema writer, String what) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        return result.getIncompatibilities().stream()
                .map(i -> what + ": " + i.getType() + " at " + i.getLocation() + " (" + i.getMessage() + ")")
                .collect(Collectors.toList());
    }
}
