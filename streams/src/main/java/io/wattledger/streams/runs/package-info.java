/**
 * What the events of a run mean together. A run that has ended may begin once more under its name, as a container does that is
 * started again; it is then the same run, open until its next end.
 */
@NullMarked
package io.wattledger.streams.runs;

import org.jspecify.annotations.NullMarked;
