/**
 * Creates the topics of the catalogue on any Kafka cluster and checks those that are there. Never changes or deletes a
 * topic: the number of partitions is fixed at installation, and the data in them are not ours to lose.
 */
@NullMarked
package io.wattledger.cli.topics;

import org.jspecify.annotations.NullMarked;
