/**
 * The ledger over HTTP, on loopback by default: {@code /runs}, {@code /runs/ID}, {@code /runs/ID/changes}, {@code /days},
 * {@code /hosts/HOST/hours}, {@code /metrics} and {@code /health}. Runs are plain pages or JSON, as asked for
 * ({@code Accept} or {@code ?format=}); programs of ours ask for Avro files.
 *
 * <p>Every answer with figures speaks of a stamp ({@code as-of}, by default now) and says so; asked as of that stamp it says
 * the same again. It is read from the state stores by range scans. What another instance has is asked there: a single run
 * or host at the instance that has it, lists at all of them, so whichever instance is asked answers for the whole ledger.
 */
@NullMarked
package io.wattledger.streams.api;

import org.jspecify.annotations.NullMarked;
