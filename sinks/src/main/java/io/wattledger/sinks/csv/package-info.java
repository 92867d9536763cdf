/**
 * Files of comma-separated values: runs, rows of the ledger, or their changes. The columns of a run ({@link
 * io.wattledger.sinks.csv.RunCsv}) and a file that rows are appended to ({@link io.wattledger.sinks.csv.CsvFile}) also serve
 * the command line. Columns, their order and their units are stable; {@code docs/csv.md} describes them. Values are exact
 * decimal numbers.
 *
 * <p>The sink writes each row once, whatever happens: with the files of a task it keeps a {@code Bookmark}, which says how
 * long they are and which record of each partition is next, and which is replaced as a whole after the rows have been forced
 * to the disk. A task that takes the files over cuts them to the bookmark, makes its epoch one greater and has the topics read
 * from there. Each step on the files is done under a lock and after a look at the epoch, so a task that does not know it has
 * lost its partitions writes nothing more.
 */
@NullMarked
package io.wattledger.sinks.csv;

import org.jspecify.annotations.NullMarked;
