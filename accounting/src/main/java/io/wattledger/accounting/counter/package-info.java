/**
 * Cumulative energy counters: what two reads of one say about the energy between them. Counters wrap, start again from 0,
 * are read too late or give nonsense; each of these is an outcome of its own, and only two of them carry energy. Pure and
 * thread-safe; microjoules in, whole millijoules out, and no remainder is lost from one interval to the next.
 */
@NullMarked
package io.wattledger.accounting.counter;

import org.jspecify.annotations.NullMarked;
