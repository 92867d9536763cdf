/**
 * The ledger over HTTP, on loopback by default: {@code /runs} and {@code /runs/ID} as a plain page or, when JSON is asked
 * for ({@code Accept: application/json} or {@code ?format=json}), as JSON; {@code /health}. It answers from the state
 * store of this instance.
 */
@NullMarked
package io.wattledger.streams.api;

import org.jspecify.annotations.NullMarked;
