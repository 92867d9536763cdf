/**
 * A feed of WattTime's API, version 3: marginal ({@code co2_moer}) or average ({@code co2_aoer}) operating emissions of its
 * regions in steps of five minutes, with a forecast of 72 hours. Its pounds of CO2 per megawatt-hour are converted exactly.
 * Both are direct emissions of the power plants, and both are modelled: every value counts as estimated.
 *
 * <p>The marginal signal says what one more kilowatt-hour would emit. It is for deciding when and where to run something,
 * and not for accounting what was emitted; so it is a series of its own. When WattTime makes a new model it issues all of
 * the past anew with it, and the numbers of two models do not go together. So the date of the model is a setting, every
 * request names it, an answer of another model is refused, and the name of the series ends with it.
 *
 * <p>One login gives a token that is used until shortly before it expires; no request has one of its own.
 */
@NullMarked
package io.wattledger.grid.watttime;

import org.jspecify.annotations.NullMarked;
