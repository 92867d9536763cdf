package io.wattledger.schemas.registry;

import org.apache.avro.Schema;

/**
 * A schema as one version of a subject.
 *
 * @param subject the subject
 * @param version 1, 2, 3 … within the subject; never given twice
 * @param id the number that is written in front of each record, the same in all subjects
 * @param schema the schema
 * @param deleted true when it was deleted softly: not listed any more, but records with its number can still be read
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema, boolean deleted) {

    /** The same, deleted softly. */
    public RegisteredSchema asDeleted() {
        return new RegisteredSchema(subject, version, id, schema, true);
    }
}
