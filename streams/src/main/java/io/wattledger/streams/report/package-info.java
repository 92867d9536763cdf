/** The total of a run as it is shown: as JSON for programs and as short texts for people. Nothing is calculated here. */
@NullMarked
package io.wattledger.streams.report;

import org.jspecify.annotations.NullMarked;
