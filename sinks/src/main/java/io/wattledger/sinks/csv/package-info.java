/**
 * Runs as comma-separated values: the columns of a run ({@link io.wattledger.sinks.csv.RunCsv}), a file that rows are
 * appended to ({@link io.wattledger.sinks.csv.CsvFile}), and a Kafka Connect sink that keeps such a file from the topic
 * of run totals. Columns, their order and their units are stable; {@code docs/csv.md} describes them. Values are exact
 * decimal numbers.
 *
 * <p>A row is in the file whole and once, whatever happens: rows are written in one piece, forced to the disk, taken back
 * when the disk is full, and identified by run and revision when records are delivered again.
 */
@NullMarked
package io.wattledger.sinks.csv;

import org.jspecify.annotations.NullMarked;
