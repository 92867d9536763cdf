/**
 * Annual carbon intensities: a table of zones, each with its parent and its value per year, and a Kafka Connect source
 * connector that publishes it to the topic of grid defaults. The table comes with the program; a user's own file in the
 * same format adds rows or replaces them. Values are grams CO2eq per kilowatt-hour in the file and whole micrograms
 * inside. A value that is not known is left empty, it is never 0; a year that is not known is left empty too.
 *
 * <p>The connector publishes the whole table when it differs from what was published last, and nothing otherwise. A file
 * that cannot be used stops the connector with the line and the reason; nothing of it is published.
 */
@NullMarked
package io.wattledger.grid.annual;

import org.jspecify.annotations.NullMarked;
