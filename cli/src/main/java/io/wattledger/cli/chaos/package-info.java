/**
 * {@code wattledger bench chaos}: a known workload on real processes that are killed, cut off and run out of disk, and
 * afterwards a reckoning of the ledger with what is known to be right.
 *
 * <p>What is known: the counters of the hosts are files in the kernel's layout that advance by a law of our own, and every
 * segment of every collector's spool is hard-linked aside as soon as it is there, so what reached the disk is known without
 * asking the collector. From these the ledger must follow to the millijoule. Faults come in an order that a seed fixes; the
 * moments at which they hit are left to the machine.
 *
 * <p>Energy is in millijoules, counters in microjoules. Everything runs in a temporary folder and is gone afterwards,
 * however the command ends, short of SIGKILL.
 */
@NullMarked
package io.wattledger.cli.chaos;

import org.jspecify.annotations.NullMarked;
