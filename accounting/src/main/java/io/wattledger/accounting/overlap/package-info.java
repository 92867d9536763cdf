/**
 * Devices whose energy includes that of others: host meter ⊃ psys ⊃ package ⊃ core. Nothing is added up twice, and the
 * result is a function of one sample alone.
 */
@NullMarked
package io.wattledger.accounting.overlap;

import org.jspecify.annotations.NullMarked;
