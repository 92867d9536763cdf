/**
 * Power models for what no sensor measures. Each gives energy in whole millijoules together with the half width of its
 * error band; neither is ever to be shown without the word "modelled". Pure and thread-safe.
 */
@NullMarked
package io.wattledger.accounting.model;

import org.jspecify.annotations.NullMarked;
