/**
 * Feed of Electricity Maps, API v3 and v4: the average carbon intensity of a zone, flow-traced or of production, with
 * upstream emissions or without. The last 24 hours come from {@code history}, other ranges from {@code past-range}, at most
 * ten days at once. A value is an estimate at first, is measured about a day later and may be corrected for three months;
 * its {@code updatedAt} is the version.
 *
 * <p>The service may answer with another granularity than it was asked for, and guesses a zone where none is given. What it
 * says that it answered is therefore compared with the question: the granularity is followed, another zone or other emission
 * factors are refused.
 */
@NullMarked
package io.wattledger.grid.electricitymaps;

import org.jspecify.annotations.NullMarked;
