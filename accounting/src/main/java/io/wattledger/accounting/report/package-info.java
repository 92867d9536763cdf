/** What reports show that is not a sum: averages, percentages and shares of totals, as exact decimal numbers. */
@NullMarked
package io.wattledger.accounting.report;

import org.jspecify.annotations.NullMarked;
