package io.wattledger.schemas.registry;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * Gives schemas their numbers and numbers their schemas. Methods throw {@link SchemaRegistryException} when the registry
 * cannot be reached or refuses.
 */
public interface SchemaRegistry {

    /**
     * Adds the schema to the subject, unless it is there, and returns its number.
     *
     * @throws IncompatibleSchemaException if the subject's compatibility level forbids it
     */
    int register(String subject, Schema schema);

    /** The number of a schema that the subject has; empty when it does not have it. */
    OptionalInt idOf(String subject, Schema schema);

    /** The schema with this number. */
    Schema byId(int id);

    /** The newest version of the subject. */
    Optional<RegisteredSchema> latest(String subject);

    /** The level in force for the subject: its own, or that of the registry. */
    Compatibility compatibility(String subject);

    /** Gives the subject a level of its own. */
    void setCompatibility(String subject, Compatibility level);
}
