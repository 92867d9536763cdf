package io.wattledger.streams.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * The formats that state was ever written in: a number, raised whenever a schema kept in state changes, and the schemas of
 * that time. What an earlier version has written is read by its own schema and resolved to today's, so state is taken
 * along when Wattledger is upgraded: new fields get their defaults, and each value is in the new format once it is written
 * again.
 *
 * @param current the format that is written
 * @param folder resources with the schemas of each format, by number and full name
 */
record StateFormats(byte current, String folder) {
    static final StateFormats RELEASED = new StateFormats((byte) 4, "formats");

    /**
     * The schema that {@code today} had in a format.
     *
     * @throws UnknownFormatException when this version does not know it
     */
    Schema written(byte format, Schema today) {
        try (var schema = StateFormats.class.getResourceAsStream(path(format, today))) {
            if (schema == null) {
                throw new UnknownFormatException("State of " + today.getFullName() + " has format " + format
                        + ", this version knows formats up to " + current
                        + "; start the version that wrote it, or a newer one");
            }
            return new Schema.Parser().parse(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path(byte format, Schema schema) {
        return folder + "/" + format + "/" + schema.getFullName() + ".avsc";
    }
}
