/**
 * {@code wattledger run}: measures one command. The command starts at once and never waits for anything of ours; its
 * standard streams, signals and exit code pass through. A collector samples it in the background, the stack comes up
 * meanwhile, and the figures that are shown in the end are those of the ledger.
 */
@NullMarked
package io.wattledger.cli.run;

import org.jspecify.annotations.NullMarked;
