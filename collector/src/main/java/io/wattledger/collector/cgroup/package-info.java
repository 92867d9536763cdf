/**
 * Control groups of the host, version 1 and 2: which there are, what CPU time and memory they use, which processes are in
 * them. A group is named by its path from the root of its hierarchy, as in {@code /proc/PID/cgroup}; one that vanishes
 * while it is looked at is simply gone, which is another answer than one that may not be read.
 *
 * <p>The kernel keeps the CPU time of a group over the death of its processes, so nothing that lived between two looks is
 * missed. See cgroups(7) and the kernel's admin-guide/cgroup-v1/cpuacct and admin-guide/cgroup-v2.
 */
@NullMarked
package io.wattledger.collector.cgroup;

import org.jspecify.annotations.NullMarked;
