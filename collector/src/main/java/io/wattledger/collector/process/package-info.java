/**
 * CPU time and memory of runs, each of which is a tree of processes or a control group.
 *
 * <p>A run's processes are its root process, all descendants, and processes that left the tree but carry
 * {@code WATTLEDGER_RUN_ID} in their environment. CPU time is the sum over the live ones of their own time <em>and that of
 * the children they have waited for</em> (utime + stime + cutime + cstime of {@code /proc/PID/stat}). A child that lives for
 * a few milliseconds between two samples is therefore not missed: the kernel adds its time to its parent the moment the
 * parent waits for it. When the root process itself has ended, the wrapper, which waited for it, hands in its exact total.
 *
 * <p>Not seen: the time of a child whose parent ignores SIGCHLD (the kernel then adds it nowhere), except what it had used
 * when it was last looked at; the same goes for an orphan after its last look. CPU time comes in steps of 10 ms.
 *
 * <p>A run that is a control group has the kernel's own sums, which have every process that ever was in the group, from when
 * the run was joined. What other runs use inside the group is taken off them. Where a process of a run that is a tree starts
 * one in the group of another run and waits for it, as a container tool without a daemon does, its time is in both.
 */
@NullMarked
package io.wattledger.collector.process;

import org.jspecify.annotations.NullMarked;
